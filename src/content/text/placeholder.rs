//! Sentences of a template that nobody has replaced yet: whatever stands in ‹…›.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// The places of placeholders in a text, counted from its start.
pub(in crate::content) fn in_text(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(open) = text[start..].find('‹').map(|open| start + open) {
        let Some(close) = text[open..].find('›').map(|close| open + close) else {
            break;
        };
        start = close + '›'.len_utf8();
        found.push(open..start);
    }
    found
}

/// The places of placeholders in the texts of a piece of TOML, counted from its start. Its comments are for nobody and may hold them.
pub(in crate::content) fn in_toml(toml: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if toml.contains('‹') {
        let (table, _) = DeTable::parse_recoverable(toml);
        in_table(toml, table.get_ref(), &mut found);
        found.sort_by_key(|place| place.start);
    }
    found
}

fn in_table(toml: &str, table: &DeTable<'_>, found: &mut Vec<Range<usize>>) {
    for value in table.values() {
        in_value(toml, value.span(), value.get_ref(), found);
    }
}

fn in_value(toml: &str, span: Range<usize>, value: &DeValue<'_>, found: &mut Vec<Range<usize>>) {
    match value {
        DeValue::String(_) => {
            let places = in_text(toml.get(span.clone()).unwrap_or_default());
            found.extend(
                places
                    .iter()
                    .map(|place| span.start + place.start..span.start + place.end),
            );
        }
        DeValue::Array(values) => {
            for value in values.iter() {
                in_value(toml, value.span(), value.get_ref(), found);
            }
        }
        DeValue::Table(table) => in_table(toml, table, found),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{in_text, in_toml};

    #[test]
    fn a_placeholder_is_found_in_every_text_and_in_no_comment() {
        let toml = "a = \"‹one›\" # ‹none›\nb = ['x', '''\ny ‹two\nlines›''']\n# ‹none›\n[c]\nd = { e = \"‹three›\" }\n[[f]]\ng = \"2 ‹ 3\"\n";
        let texts: Vec<&str> = in_toml(toml)
            .into_iter()
            .map(|place| &toml[place])
            .collect();
        assert_eq!(texts, ["‹one›", "‹two\nlines›", "‹three›"]);
    }

    #[test]
    fn what_is_not_closed_is_none() {
        let found = in_text("a ‹b› c ‹d");
        assert!(found.len() == 1 && found[0] == (2..9));
        assert!(in_text("2 › 1, 1 ‹ 2").is_empty());
    }
}
