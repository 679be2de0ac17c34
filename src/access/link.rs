//! The link of one stakeholder: where their page lies, and the code that opens it.
//!
//! The rule it guards: a link is derived from the key alone, so nothing but the key is kept; it reveals nothing about the engagement, the
//! stakeholder or any other link; and its code is shown only where a coach asks for it.
//!
//! ```text
//! secret  = HKDF-SHA256(key, info = parts("link/v1", engagement, stakeholder, stakeholder's number))     16 bytes
//! path id = HKDF-SHA256(secret, info = "path")                                             16 bytes, 26 letters
//! code    = secret                                                                         26 letters and a check character
//! ```
//! `parts` puts four bytes of length before each part; a number is four bytes, most significant first. Where a number of the site, of the
//! engagement or of the person is not 1, the info is `parts("link/v2", engagement, stakeholder, site, engagement's, stakeholder's, person's
//! number)`: each of the four is a part of its own, so that no two choices of them make one link.
//!
//! The link to the page that asks a rater is another one: its secret has the label `asking-link/v1`, and the page lies below `a/`.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::access::code;
use crate::access::key::Key;
use crate::access::site_path::SitePath;

/// What one stakeholder's page is found and opened by.
pub struct Link {
    secret: Zeroizing<[u8; Link::LENGTH]>,
    id: [u8; Link::LENGTH],
    folder: Folder,
}

/// The folder of the site below which a page lies.
#[derive(Clone, Copy)]
enum Folder {
    /// `p/`, of what someone reads.
    Portals,
    /// `a/`, of what someone is asked.
    Asking,
}

impl Folder {
    fn name(self) -> &'static str {
        match self {
            Self::Portals => "p",
            Self::Asking => "a",
        }
    }
}

/// What a link is derived from, besides the key.
#[derive(Debug, Clone, Copy)]
pub struct LinkSource<'a> {
    /// The engagement's id.
    pub engagement: &'a str,
    /// The stakeholder's id there.
    pub stakeholder: &'a str,
    /// The numbers that are raised to end the link.
    pub numbers: LinkNumbers,
}

/// The numbers of a link, each of which ends it when it is raised. All of them begin at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkNumbers {
    /// Ends all links of the site.
    pub site: u32,
    /// Ends all links of the engagement.
    pub engagement: u32,
    /// Ends this stakeholder's link.
    pub stakeholder: u32,
    /// Ends all links of the person whom the stakeholder is, of whom one page lists the portals.
    pub person: u32,
}

impl LinkSource<'_> {
    /// The numbers as parts of what a link is derived from: the stakeholder's alone where no other was ever raised, and else all four.
    pub(super) fn number_parts(&self) -> Vec<[u8; 4]> {
        if self.numbers.is_of_stakeholder_alone() {
            vec![self.numbers.stakeholder.to_be_bytes()]
        } else {
            self.numbers.bytes().to_vec()
        }
    }
}

impl LinkNumbers {
    /// The numbers where only the stakeholder's was ever raised.
    pub fn of_stakeholder(stakeholder: u32) -> Self {
        Self {
            site: 1,
            engagement: 1,
            stakeholder,
            person: 1,
        }
    }

    /// The numbers as bytes, each of them apart.
    pub fn bytes(self) -> [[u8; 4]; 4] {
        [self.site, self.engagement, self.stakeholder, self.person].map(u32::to_be_bytes)
    }

    /// Whether no number but the stakeholder's was ever raised.
    pub fn is_of_stakeholder_alone(self) -> bool {
        self == Self::of_stakeholder(self.stakeholder)
    }
}

/// The code that opens a sealed page, as it is read aloud or pasted.
pub struct Code(Zeroizing<String>);

impl Link {
    /// Bytes of the secret and of the path id: 128 bits, which nobody can guess.
    pub(super) const LENGTH: usize = 16;

    /// Derives the link of a stakeholder; other numbers make another link.
    pub fn of(key: &Key, source: &LinkSource<'_>) -> Self {
        let label = if source.numbers.is_of_stakeholder_alone() {
            "link/v1"
        } else {
            "link/v2"
        };
        Self::derived(key, label, source, Folder::Portals)
    }

    /// Derives the link to the asking page of a stakeholder.
    pub fn asking(key: &Key, source: &LinkSource<'_>) -> Self {
        Self::derived(key, "asking-link/v1", source, Folder::Asking)
    }

    fn derived(key: &Key, label: &str, source: &LinkSource<'_>, folder: Folder) -> Self {
        let mut secret = Zeroizing::new([0; Self::LENGTH]);
        let numbers = source.number_parts();
        let mut parts = vec![source.engagement.as_bytes(), source.stakeholder.as_bytes()];
        parts.extend(numbers.iter().map(<[u8; 4]>::as_slice));
        key.expand(label, &parts, &mut *secret);
        let mut id = [0; Self::LENGTH];
        Hkdf::<Sha256>::new(None, &*secret)
            .expand(b"path", &mut id)
            .expect("16 bytes are not too many for HKDF");
        Self { secret, id, folder }
    }

    /// Returns the folder of the page below `p/` or `a/`, in 26 letters.
    pub fn id(&self) -> String {
        code::encode(&self.id).to_string()
    }

    /// Returns where the page lies in the site.
    pub fn path(&self) -> SitePath {
        SitePath::parse(&format!("{}/{}/index.html", self.folder.name(), self.id()))
            .expect("letters and digits make a path")
    }

    /// Returns the folder of the page in the site, such as `p/<id>`.
    pub fn folder(&self) -> String {
        format!("{}/{}", self.folder.name(), self.id())
    }

    /// Whether the page asks its reader something.
    pub(super) fn is_asking(&self) -> bool {
        match self.folder {
            Folder::Portals => false,
            Folder::Asking => true,
        }
    }

    /// Returns the code that opens the page.
    pub fn code(&self) -> Code {
        Code(code::encode_checked(&*self.secret))
    }

    /// Returns the whole link to a sealed page of the site at `base_url`.
    pub fn sealed_url(&self, base_url: &str) -> Zeroizing<String> {
        Zeroizing::new(format!(
            "{}#{}",
            self.plain_url(base_url),
            self.code().as_str()
        ))
    }

    /// Returns the whole link to a page that is not sealed, of the site at `base_url`.
    pub fn plain_url(&self, base_url: &str) -> String {
        let base_url = base_url.trim_end_matches('/');
        format!("{base_url}/{}/{}/", self.folder.name(), self.id())
    }

    /// The bytes from which the page's keys are derived.
    pub(super) fn secret(&self) -> &[u8; Self::LENGTH] {
        &self.secret
    }

    /// The bytes of the path id.
    pub(super) fn id_bytes(&self) -> &[u8; Self::LENGTH] {
        &self.id
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Link(…)")
    }
}

impl Code {
    /// Reads a code as people copy it: any case, with dashes and spaces, `o` for `0`, `i` and `l` for `1`.
    pub fn parse(text: &str) -> Option<Self> {
        let tidy = code::tidy(text);
        code::decode_checked::<{ Link::LENGTH }>(&tidy)
            .is_some()
            .then_some(Self(tidy))
    }

    /// The code as it stands in a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the code in groups of four letters, to be read aloud or typed.
    pub fn in_groups(&self) -> Zeroizing<String> {
        let mut grouped = Zeroizing::new(String::with_capacity(self.0.len() * 2));
        for (place, letter) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                grouped.push('-');
            }
            grouped.push(letter);
        }
        grouped
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code(…)")
    }
}

#[cfg(test)]
impl Link {
    /// The link of a stakeholder whose own number alone was raised.
    pub(super) fn numbered(key: &Key, engagement: &str, stakeholder: &str, number: u32) -> Self {
        let source = LinkSource {
            engagement,
            stakeholder,
            numbers: LinkNumbers::of_stakeholder(number),
        };
        Self::of(key, &source)
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Link, LinkNumbers, LinkSource};
    use crate::access::key::Key;

    fn link(engagement: &str, stakeholder: &str, number: u32) -> Link {
        Link::numbered(&Key::of_tests(), engagement, stakeholder, number)
    }

    #[test]
    fn link_stays_what_it_was() {
        let link = link("nyah-adeyemi", "priya", 1);
        assert_eq!(
            link.path().as_str(),
            "p/qj4rtkedxqh8rb3cwcy6pw91xg/index.html"
        );
        assert_eq!(link.code().as_str(), "wftw8wx15m2yyaaqyan00m2hz8e");
        let url = "https://host.example/x/p/qj4rtkedxqh8rb3cwcy6pw91xg/";
        assert_eq!(link.plain_url("https://host.example/x/"), url);
        assert_eq!(
            link.sealed_url("https://host.example/x").as_str(),
            format!("{url}#wftw8wx15m2yyaaqyan00m2hz8e")
        );
    }

    #[test]
    fn every_part_makes_another_link() {
        let parts = [
            ("a", "b", 1),
            ("a", "b", 2),
            ("a", "bc", 1),
            ("ab", "c", 1),
            ("b", "a", 1),
            ("a", "b", 256),
            ("a", "b", 0),
        ];
        let mut ids = parts
            .map(|(engagement, stakeholder, number)| link(engagement, stakeholder, number).id());
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn every_choice_of_the_four_numbers_makes_another_link() {
        let mut ids = Vec::new();
        for choice in 0..256_u32 {
            let number = |place: u32| choice / 4_u32.pow(place) % 4 + 1;
            let numbers = LinkNumbers {
                site: number(0),
                engagement: number(1),
                stakeholder: number(2),
                person: number(3),
            };
            let source = LinkSource {
                engagement: "nyah-adeyemi",
                stakeholder: "priya",
                numbers,
            };
            ids.push(Link::of(&Key::of_tests(), &source).id());
        }
        // All of them at 1 are the link of before.
        assert_eq!(ids[0], "qj4rtkedxqh8rb3cwcy6pw91xg");
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn code_is_read_as_people_copy_it() {
        let code = link("a", "b", 1).code();
        let grouped = code.in_groups();
        for copied in [
            code.as_str(),
            &grouped,
            &grouped.to_uppercase(),
            &format!(" {}\n", *grouped),
        ] {
            assert_eq!(Code::parse(copied).unwrap().as_str(), code.as_str());
        }
        for refused in [
            "",
            "hello",
            &code.as_str()[1..],
            &format!("{}.", code.as_str()),
        ] {
            assert!(Code::parse(refused).is_none());
        }
    }

    #[test]
    fn debug_shows_nothing() {
        let link = link("a", "b", 1);
        assert_eq!(format!("{link:?} {:?}", link.code()), "Link(…) Code(…)");
    }
}
