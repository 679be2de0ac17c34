//! Texts and numbers one behind the other as bytes, each behind its length, and read again in the same order.

/// Fields that are written.
#[derive(Default)]
pub(super) struct Fields(Vec<u8>);

/// Fields that are read. Every call gives nothing where the bytes hold anything else.
pub(super) struct FieldsReader<'a>(&'a [u8]);

impl Fields {
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(super) fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_be_bytes());
    }

    pub(super) fn texts(&mut self, texts: &[String]) {
        self.list(texts, |fields, text| fields.text(text));
    }

    /// How many things there are, and each as `add` writes it.
    pub(super) fn list<T>(&mut self, things: &[T], add: impl Fn(&mut Self, &T)) {
        self.number(things.len() as u64);
        for thing in things {
            add(self, thing);
        }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl<'a> FieldsReader<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_be_bytes(*number))
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(super) fn array<const LENGTH: usize>(&mut self) -> Option<[u8; LENGTH]> {
        self.bytes()?.try_into().ok()
    }

    pub(super) fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?.to_vec()).ok()
    }

    pub(super) fn texts(&mut self) -> Option<Vec<String>> {
        self.list(Self::text)
    }

    /// As many things as were written, each as `read` reads it.
    pub(super) fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let count = self.number()?;
        // Nothing takes less than the eight bytes of a number, so no memory is taken for more than there is.
        if count > (self.0.len() / 8) as u64 {
            return None;
        }
        (0..count).map(|_| read(self)).collect()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }
}
