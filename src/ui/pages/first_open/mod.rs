//! What a person sees without a workbook.

mod page;
mod privacy;

pub(crate) use page::FirstOpen;
pub(crate) use privacy::PrivacyProof;
