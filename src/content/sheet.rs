//! Values with separators between them as records, each with its place in the text.
//!
//! The state machine of `csv-core` is made once for many texts; `csv` around it makes it anew for every reader, which was the most costly single thing
//! of a build with twelve rounds an engagement.

use csv_core::ReadRecordResult;
use csv_core::Reader;
use csv_core::ReaderBuilder;

/// What may stand between fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

/// A record, quotes and separators apart.
#[derive(Debug)]
pub struct Record {
    /// The byte of the text behind the record before; empty lines may come first.
    pub begin: usize,
    /// The line of that byte, from 1.
    pub line: u32,
    /// The fields, as they are written between separators.
    pub fields: Vec<String>,
}

/// What reads sheets: a machine for each separator, made when it is first needed.
#[derive(Debug, Default)]
pub struct Sheets([Option<Reader>; 3]);

/// The separators as they are written, in their order.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

impl Sheets {
    /// Cuts a text into records; empty lines are none. Whatever stands there has records: a quote that is never closed goes to the end.
    pub fn records(&mut self, text: &str, separator: Separator) -> Vec<Record> {
        let byte = SEPARATORS[separator as usize];
        let machine = self.0[separator as usize]
            .get_or_insert_with(|| ReaderBuilder::new().delimiter(byte).build());
        // A copy of a machine would not do: csv-core 0.1.13 leaves out which states are the last.
        machine.reset();
        records(machine, text, byte)
    }
}

fn records(machine: &mut Reader, text: &str, separator: u8) -> Vec<Record> {
    let mut records = Vec::new();
    // No record says more than the text, nor has more fields than there are separators and one.
    let separators = text.bytes().filter(|byte| *byte == separator).count();
    let mut said = vec![0; text.len() + 1];
    let mut ends = vec![0; separators + 2];
    let mut begin = 0;
    loop {
        let line = u32::try_from(machine.line()).unwrap_or(u32::MAX);
        let (mut read, mut written, mut fields) = (0, 0, 0);
        loop {
            let rest = &text.as_bytes()[begin + read..];
            let (result, more_read, more_written, more_fields) =
                machine.read_record(rest, &mut said[written..], &mut ends[fields..]);
            read += more_read;
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
        records.push(Record {
            begin,
            line,
            fields: spans
                .map(|(start, end)| String::from_utf8_lossy(&said[start..*end]).into_owned())
                .collect(),
        });
        begin += read;
    }
}

#[cfg(test)]
mod tests {
    use super::Separator;
    use super::Sheets;

    fn shape(text: &str, separator: Separator) -> Vec<(usize, u32, Vec<String>)> {
        let mut sheets = Sheets::default();
        // Whatever was read before leaves nothing.
        sheets.records("a,\"open;\t", separator);
        let records = sheets.records(text, separator).into_iter();
        records
            .map(|record| (record.begin, record.line, record.fields))
            .collect()
    }

    /// The same by the crate that others read such files with.
    fn by_csv(text: &str, separator: u8) -> Vec<(usize, u32, Vec<String>)> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let records = reader.records().map(|record| {
            let record = record.unwrap();
            let place = record.position().unwrap();
            (
                usize::try_from(place.byte()).unwrap(),
                u32::try_from(place.line()).unwrap(),
                record.iter().map(str::to_owned).collect(),
            )
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
            "a,,\n,\n\n\n\"\"\n",
            "\"a,\"\"b\"\"\nc\",d\n\"open\nto the end",
            "ä,“ü”\u{a0},\u{1f600}\n a , b \n",
            "\u{feff}a;b\tc\n1;2\t3\n",
            "a\"b,c\"d\n\"e\"f,g\n",
        ] {
            for (separator, byte) in [
                (Separator::Comma, b','),
                (Separator::Semicolon, b';'),
                (Separator::Tab, b'\t'),
            ] {
                assert_eq!(shape(text, separator), by_csv(text, byte), "{text:?}");
            }
        }
    }

    #[test]
    fn a_text_by_chance_is_read_as_others_read_it() {
        let mut dice = crate::damage::Dice(1);
        for _ in 0..3_000 {
            let letters = ["a", ",", "\"", "\n", "\r", ";", " ", "é", "\"\"", "b"];
            let length = dice.below(40);
            let text: String = (0..length)
                .map(|_| letters[dice.below(letters.len())])
                .collect();
            assert_eq!(
                shape(&text, Separator::Comma),
                by_csv(&text, b','),
                "{text:?}"
            );
        }
    }
}
