//! The edge to the browser: every Effect, listener and clock of the page is here or in
//! `charts/canvas.rs`.

mod clipboard;
mod clock;
mod data_transfer;
mod download;
mod file_dialog;
mod focus;
mod folders;
mod lasting_folder;
mod letters;
mod popover;
pub(crate) mod storage;
mod use_after_paint;
mod use_attributes;
mod use_changed;
mod use_dialog;
mod use_document;
mod use_each;
mod use_file_drop;
mod use_focus_at_once;
mod use_in_turns;
mod use_kept;
mod use_later;
mod use_leave_guard;
mod use_page_top;
mod use_part;
mod use_screen;
mod use_shortcuts;
mod use_steps;
mod use_worker_query;

pub(crate) use clipboard::copy_text;
pub(crate) use clock::{day_and_time, now_millis, today};
pub(crate) use data_transfer::{copied_text, pasted_text};
pub(crate) use download::download;
pub(crate) use file_dialog::{
    FILE_INPUT_ID, FOLDER_INPUT_ID, chosen_files, files_of, open_file_dialog, open_folder_dialog,
};
pub(crate) use focus::{focus_main, focus_on};
pub(crate) use lasting_folder::{FolderFile, LastingFolder, forget_folder, gives_lasting_folders};
pub(crate) use letters::lower_case;
pub(crate) use popover::{hide_popover, place_popover};
pub(crate) use use_after_paint::use_after_paint;
pub(crate) use use_attributes::{Named, use_attributes};
pub(crate) use use_changed::use_changed;
pub(crate) use use_dialog::use_dialog;
pub(crate) use use_document::use_document;
pub(crate) use use_each::use_each;
pub(crate) use use_file_drop::use_file_drop;
pub(crate) use use_focus_at_once::use_focus_at_once;
pub(crate) use use_in_turns::use_in_turns;
pub(crate) use use_kept::use_kept;
pub(crate) use use_later::use_later;
pub(crate) use use_leave_guard::use_leave_guard;
pub(crate) use use_page_top::use_page_top;
pub(crate) use use_part::{Part, reload, use_part};
pub(crate) use use_screen::{screen_height, use_dark_system, use_pixel_ratio, use_size};
pub(crate) use use_shortcuts::use_shortcuts;
pub(crate) use use_steps::{Steps, use_steps};
pub(crate) use use_worker_query::{use_following_query, use_worker_query};
