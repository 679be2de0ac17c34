//! The firm, and people as a reader knows them.

use std::sync::Arc;

use jiff::civil::Date;

use crate::engagement::stakeholder::Role;

view! {
    /// The firm, in every portal.
    FirmView {
        /// Its name.
        name: String,
        /// Where readers turn: a `mailto:` or `https:` address.
        contact: Option<String>,
        /// The same, as it is read.
        contact_label: Option<String>,
        /// How personal data is handled, as it is read: a sentence, or an address.
        privacy: Option<String>,
        /// Where that leads, if it is an address.
        privacy_address: Option<String>,
        /// The logo as a `data:` address.
        logo: Option<String>,
    }
}

view! {
    /// A person.
    PersonView {
        /// The name.
        name: String,
        /// The person's role.
        role: Role,
        /// The job title.
        title: Option<String>,
        /// Whether it is the reader.
        is_me: bool,
        /// Since when the person takes part as this, where that was not from the beginning.
        since: Option<Date>,
        /// From which day on the person takes no part any more.
        until: Option<Date>,
        /// What the person was before.
        before: Vec<Arc<CapacityView>>,
    }
}

view! {
    /// What a person was before.
    CapacityView {
        /// The role.
        role: Role,
        /// From which day on that was over.
        until: Date,
    }
}
