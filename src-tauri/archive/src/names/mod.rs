//! Names as strings: how they are sorted and found by sound, and what kind of form they are.

pub(crate) mod forms;
pub(crate) mod lookalikes;
pub(crate) mod pinyin;
