//! A dropped file becomes pages with text: detection, encodings, PDF text with boxes, clues to which issue it is. No database.
