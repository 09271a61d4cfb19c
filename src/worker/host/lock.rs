//! Which tab may write a workbook: the one that holds its Web Lock.

use std::{cell::Cell, rc::Rc};

use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// A worker that has just been ended (by a reload of the page) may hold its lock for some more
/// moments, so a lock that is taken is asked for again. Longer than that it is waited for while the
/// workbook is already read.
const N_TRIES: u32 = 5;
const PAUSE_MILLIS: u32 = 80;

/// The right to write one workbook; given back when dropped.
#[derive(Debug)]
pub(super) struct WorkbookLock {
    /// Ends the promise that the browser waits for; `None` where there are no locks.
    release: Option<Function>,
}

impl WorkbookLock {
    /// `None` when another tab writes this workbook. Where the browser has no locks (a page that
    /// came over plain HTTP) every tab may write.
    pub(super) async fn acquire(workbook: &str) -> Option<Self> {
        for attempt in 0..N_TRIES {
            if attempt > 0 {
                TimeoutFuture::new(PAUSE_MILLIS).await;
            }
            match request(&lock_name(workbook)).await {
                Ok(Some(lock)) => return Some(lock),
                Ok(None) => {}
                Err(_) => return Some(Self { release: None }),
            }
        }
        None
    }
}

impl Drop for WorkbookLock {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            // It only resolves a promise, which cannot fail.
            release.call0(&JsValue::UNDEFINED).ok();
        }
    }
}

/// Asks once, without waiting. `Err`: no locks here. By reflection, because web-sys keeps them
/// behind its unstable switch.
async fn request(name: &str) -> Result<Option<WorkbookLock>, JsValue> {
    let (locks, request) = locks()?;
    let options = Object::new();
    Reflect::set(&options, &"mode".into(), &"exclusive".into())?;
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE)?;

    let (held, release) = promise();
    let (decided, decide) = promise();
    let is_granted = Rc::new(Cell::new(false));
    let granted = Rc::clone(&is_granted);
    // The lock is held until the promise that this function gives back is resolved.
    let on_decided = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        granted.set(!lock.is_null());
        decide.call0(&JsValue::UNDEFINED).ok();
        if lock.is_null() { JsValue::UNDEFINED } else { held.into() }
    });
    let refused: Promise =
        request.call3(&locks, &name.into(), &options, &on_decided)?.dyn_into()?;
    // `refused` ends first only when the browser forbids locks here: then with an error.
    JsFuture::from(Promise::race(&js_sys::Array::of2(&decided, &refused))).await?;
    Ok(is_granted.get().then(|| WorkbookLock { release: Some(release) }))
}

/// Calls `then` once the tab that writes this workbook is gone; never where there are no locks. The
/// lock is free again by then: whoever wants it asks for it.
pub(super) fn when_free(workbook: &str, then: impl FnOnce() + 'static) {
    let Ok((locks, request)) = locks() else { return };
    let on_granted = Closure::once_into_js(then);
    // Only a worker that is being ended refuses to wait.
    request.call2(&locks, &lock_name(workbook).into(), &on_granted).ok();
}

fn lock_name(workbook: &str) -> String {
    format!("linkstar-workbook-{workbook}")
}

/// The browser's locks, and their function that asks for one.
fn locks() -> Result<(JsValue, Function), JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into())?;
    let locks = Reflect::get(&navigator, &"locks".into())?;
    let request = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    Ok((locks, request))
}

/// A promise and the function that resolves it.
fn promise() -> (Promise, Function) {
    let mut resolve = Function::default();
    let promise = Promise::new(&mut |function, _| resolve = function);
    (promise, resolve)
}
