//! Comma-separated values as records, each with its place in the text.
//!
//! The state machine of `csv-core` is made once for many texts; `csv` makes it anew for every reader, which was the most costly single
//! thing of a build with twelve rounds an engagement.

use csv_core::{ReadRecordResult, Reader};

/// A record, quotes and commas apart.
#[derive(Debug)]
pub struct Record {
    /// The byte of the text where it begins.
    pub begin: usize,
    /// The line of that byte, from 1.
    pub line: u32,
    /// The fields, as they are written between commas.
    pub fields: Vec<String>,
}

/// What reads sheets: a machine that is made when it is first needed.
#[derive(Debug, Default)]
pub struct Sheets(Option<Reader>);

impl Sheets {
    /// Cuts a text into records; empty lines are none. Whatever stands there has records: a quote that is never closed goes to the end.
    pub fn records(&mut self, text: &str) -> Vec<Record> {
        // Neither the default of a machine nor a copy of one would do: csv-core 0.1.13 leaves out which states are the last.
        let machine = self.0.get_or_insert_with(Reader::new);
        machine.reset();
        let bytes = text.as_bytes();
        let mut records = Vec::new();
        // No record says more than the text, nor has more fields than there are commas and one.
        let mut said = vec![0; bytes.len() + 1];
        let mut ends = vec![0; text.matches(',').count() + 2];
        let (mut begin, mut line) = (0, 1);
        loop {
            let breaks = bytes[begin..].iter();
            let breaks = breaks.take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let start = begin + breaks.count();
            line += lines(&text[begin..start]);
            begin = start;
            let (mut written, mut fields) = (0, 0);
            loop {
                let (result, more_read, more_written, more_fields) =
                    machine.read_record(&bytes[begin..], &mut said[written..], &mut ends[fields..]);
                begin += more_read;
                written += more_written;
                fields += more_fields;
                match result {
                    ReadRecordResult::InputEmpty => {}
                    ReadRecordResult::Record => break,
                    ReadRecordResult::End
                    | ReadRecordResult::OutputFull
                    | ReadRecordResult::OutputEndsFull => return records,
                }
            }
            let starts = std::iter::once(0).chain(ends[..fields].iter().copied());
            let spans = starts.zip(&ends[..fields]);
            let field = |(start, end): (usize, &usize)| {
                String::from_utf8_lossy(&said[start..*end]).into_owned()
            };
            records.push(Record {
                begin: start,
                line,
                fields: spans.map(field).collect(),
            });
            line += lines(&text[start..begin]);
            if begin == start {
                return records;
            }
        }
    }
}

/// How many lines end in a text.
fn lines(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::Sheets;

    fn shape(text: &str) -> Vec<(usize, u32, Vec<String>)> {
        let mut sheets = Sheets::default();
        // Whatever was read before leaves nothing.
        sheets.records("a,\"open;\t");
        let records = sheets.records(text).into_iter();
        records
            .map(|record| (record.begin, record.line, record.fields))
            .collect()
    }

    /// The same by the crate that others read such files with. It places a record where the one before it ended.
    fn by_csv(text: &str) -> Vec<(usize, u32, Vec<String>)> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let records = reader.records().map(|record| {
            let record = record.unwrap();
            let before = usize::try_from(record.position().unwrap().byte()).unwrap();
            let rest = text[before..].trim_start_matches(['\r', '\n']);
            let begin = text.len() - rest.len();
            let line = u32::try_from(text[..begin].matches('\n').count()).unwrap() + 1;
            (begin, line, record.iter().map(str::to_owned).collect())
        });
        records.collect()
    }

    #[test]
    fn quotes_blank_lines_and_line_ends_are_read_as_others_read_them() {
        for text in [
            "",
            "\n",
            "a",
            "a,b\n",
            "a,b\r\nc,d",
            "a,b\r\n\r\nc,d\r\n",
            "a,,\n,\n\n\n\"\"\n",
            "\"a,\"\"b\"\"\nc\",d\n\"open\nto the end",
            "ä,“ü”\u{a0},\u{1f600}\n a , b \n",
            "\u{feff}a;b\tc\n1;2\t3\n",
            "a\"b,c\"d\n\"e\"f,g\n",
        ] {
            assert_eq!(shape(text), by_csv(text), "{text:?}");
        }
        assert_eq!(shape("a\r\n\r\nb\r\n")[1].1, 3);
    }

    #[test]
    fn a_text_by_chance_is_read_as_others_read_it() {
        let mut dice = crate::damage::Dice(1);
        for _ in 0..3_000 {
            let letters = ["a", ",", "\"", "\n", "\r\n", ";", " ", "é", "\"\"", "\r"];
            let length = dice.below(40);
            let text: String = (0..length)
                .map(|_| letters[dice.below(letters.len())])
                .collect();
            assert_eq!(shape(&text), by_csv(&text), "{text:?}");
        }
    }
}
