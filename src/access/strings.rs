//! What a page says before it is opened, in the language of the site.

/// The words of the pages that stand around the portals. They name nobody, and are text, not HTML.
pub struct ShellStrings {
    /// The language of these words, as a BCP 47 tag.
    pub language: String,
    /// The direction of that language: `ltr` or `rtl`.
    pub direction: String,
    /// The title of every page until it is opened.
    pub title: String,
    /// Where there is no page: at the root of the site, and under an address that is none.
    pub nothing_here: String,
    /// Without JavaScript.
    pub no_script: String,
    /// The link has no code.
    pub no_code: String,
    /// What was given is not a code: a character is missing, or wrong.
    pub not_a_code: String,
    /// The code is a good one, but not this page's.
    pub wrong_code: String,
    /// The page waits for a click.
    pub click: String,
    /// The page waits for its passphrase.
    pub passphrase: String,
    /// The passphrase does not open it.
    pub wrong_passphrase: String,
    /// The code is right, but what it should open is not as it was sealed.
    pub damaged: String,
    /// The browser does not decrypt here: no https, or too old.
    pub not_secure: String,
    /// The page stands in a frame of another one.
    pub framed: String,
    /// The page is being opened.
    pub opening: String,
    /// The field for the code.
    pub code_label: String,
    /// The field for the passphrase.
    pub passphrase_label: String,
    /// The button.
    pub open: String,
}

impl ShellStrings {
    /// Returns the words in English.
    pub fn english() -> Self {
        Self {
            language: "en".into(),
            direction: "ltr".into(),
            title: "Private page".into(),
            nothing_here: "There is nothing to read at this address. Pages here open only with the whole link from an \
                           invitation. If you followed one, it may have been replaced: ask whoever sent it for the new one."
                .into(),
            no_script: "This page is locked, and opens in your browser with the code in your link. For that it needs \
                        JavaScript, which is switched off here."
                .into(),
            no_code: "This link has lost its code, the part behind the #. Mail programs sometimes cut it off. Paste the whole \
                      link from your invitation here, or the code in it."
                .into(),
            not_a_code: "This is not a whole code: a character is missing or mistyped. Paste the whole link from your \
                         invitation here, or the code in it."
                .into(),
            wrong_code: "This code does not open this page. It may belong to another page, or have been replaced. Try the \
                         newest invitation you have, or ask whoever sent it for a new link."
                .into(),
            click: "This page is for you alone. Open it when you are ready.".into(),
            passphrase: "This page also asks for the passphrase that you were given.".into(),
            wrong_passphrase: "The passphrase does not open this page. Look at capitals and spaces, and try again.".into(),
            damaged: "The code is right, but this page did not arrive whole. Load it again; if that does not help, tell \
                      whoever sent you the link."
                .into(),
            not_secure: "Your browser opens this page only at an address that begins with https://. Or save the page as a \
                         file, open the file, and paste your link there."
                .into(),
            framed: "This page does not open inside another page. Open your link in a window of its own.".into(),
            opening: "Opening…".into(),
            code_label: "Link or access code from your invitation".into(),
            passphrase_label: "Passphrase".into(),
            open: "Open the page".into(),
        }
    }

    /// The words by the names that a theme's files have for them.
    pub(super) fn by_name(&self) -> [(&'static str, &str); 18] {
        [
            ("language", &self.language),
            ("direction", &self.direction),
            ("title", &self.title),
            ("nothing_here", &self.nothing_here),
            ("no_script", &self.no_script),
            ("no_code", &self.no_code),
            ("not_a_code", &self.not_a_code),
            ("wrong_code", &self.wrong_code),
            ("click", &self.click),
            ("passphrase", &self.passphrase),
            ("wrong_passphrase", &self.wrong_passphrase),
            ("damaged", &self.damaged),
            ("not_secure", &self.not_secure),
            ("framed", &self.framed),
            ("opening", &self.opening),
            ("code_label", &self.code_label),
            ("passphrase_label", &self.passphrase_label),
            ("open", &self.open),
        ]
    }
}
