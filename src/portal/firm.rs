//! The firm, as every page shows it.

use std::sync::Arc;

use crate::engagement::firm::Firm;
use crate::engagement::prose::{Target, target};
use crate::portal::html::data_address;
use crate::portal::view::people::FirmView;

/// The firm's name, logo and address for questions.
pub(super) fn view(firm: &Firm) -> Arc<FirmView> {
    let label = |address: &String| {
        let label = address
            .strip_prefix("mailto:")
            .or_else(|| address.strip_prefix("tel:"))
            .or_else(|| address.strip_prefix("https://"));
        label.unwrap_or(address).trim_end_matches('/').to_owned()
    };
    let leads_somewhere = |text: &&String| matches!(target(text), Some(Target::Outside(_)));
    let privacy_address = firm.privacy.as_ref().filter(leads_somewhere);
    Arc::new(FirmView {
        name: firm.name.clone(),
        contact: firm.contact.clone(),
        contact_label: firm.contact.as_ref().map(label),
        privacy: privacy_address.map(label).or_else(|| firm.privacy.clone()),
        privacy_address: privacy_address.cloned(),
        logo: firm
            .logo
            .as_ref()
            .map(|logo| data_address(logo.kind.mime(), &logo.bytes)),
    })
}
