//! Columns that line up although a Chinese character is as wide as two Latin ones.

use unicode_width::UnicodeWidthStr;

/// Rows of cells; the last column is not padded.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    pub fn print(&self) {
        print!("{}", self.text());
    }

    fn text(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|c| self.rows.iter().filter_map(|r| r.get(c)).map(|cell| cell.width()).max().unwrap_or(0))
            .collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', widths[column] - cell.width() + 2));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn chinese_cells_line_up() {
        let mut table = Table::default();
        table.row(["云泽报".into(), "x".into()]);
        table.row(["ab".into(), "y".into()]);
        assert_eq!(table.text(), "云泽报  x\nab      y\n");
    }
}
