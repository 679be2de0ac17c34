//! Loggia.
fn main() {
    let book = loggia::content::Book::open(std::path::Path::new("content"));
    for p in &book.problems {
        eprintln!("{p}\n");
    }
    if let Some(book) = book.value {
        for id in &book.engagements {
            let r = book.engagement(id);
            for p in &r.problems {
                eprintln!("{p}\n");
            }
            eprintln!("{id} {}", r.value.is_some());
        }
    }
}
