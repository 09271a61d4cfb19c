//! Files: recognised, read, taken in, and followed back from a figure to its lines.

mod facts;
mod golden;
mod properties;
mod samples;
mod sheets;
mod statements;
mod variations;
