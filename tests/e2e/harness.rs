//! The harness sees what it must not overlook: else every journey would pass for nothing.

use std::fs;

use crate::{
    stage::{Stage, output_folder},
    wait::wait_until,
};

#[test]
fn faults_beside_a_journey_are_noticed() {
    let site = output_folder().join("faulty_site");
    fs::create_dir_all(&site).unwrap();
    let page = "<!doctype html><link rel=icon href=./i.svg><script src=./page.js></script>";
    let worker = "console.error('worker error');\
        fetch('http://127.0.0.1:9/from-worker').catch(() => postMessage('done'));";
    fs::write(site.join("index.html"), page).unwrap();
    fs::write(site.join("i.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap();
    fs::write(site.join("worker.js"), worker).unwrap();
    let script = "console.error('page error');fetch('./missing.json');\
        new Worker('./worker.js').onmessage = () => { document.title = 'done' };";
    fs::write(site.join("page.js"), script).unwrap();
    let faults = Stage::new("faulty", &site).play(|stage| {
        stage.go("");
        let browser = stage.browser();
        wait_until("the worker", || browser.script("return document.title") == "done");
    });
    let faults = faults.unwrap().join("\n");
    let expected = [
        "page error",
        "worker error",
        "missing.json: 404",
        "the page asked for http://127.0.0.1:9/from-worker",
    ];
    for fault in expected {
        assert!(faults.contains(fault), "{fault:?} was not noticed:\n{faults}");
    }
}
