//! What a thing of the catalogue is called.

use serde::{Deserialize, Serialize};

/// The same name in both languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Names {
    pub en: String,
    pub zh: String,
}
