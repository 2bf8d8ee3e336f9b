//! Files by their address, over plain HTTP: what is had is held against digests and signatures.

use crate::failure::Failure;
use forewarn_compiler::package::contents::LIMIT;
use std::time::Duration;

/// The file at an address.
///
/// # Errors
/// It cannot be had, is too large, or takes too long.
#[cfg(feature = "web")]
pub fn get(address: &str) -> Result<Vec<u8>, Failure> {
    if !address.starts_with("http://") {
        return Err(only_http(address));
    }
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(60)))
        .max_redirects(0)
        .build();
    let agent = ureq::Agent::new_with_config(agent);
    let cannot = |why: &dyn std::fmt::Display| Failure::new(format!("cannot get {address}: {why}"));
    let mut answer = agent.get(address).call().map_err(|error| cannot(&error))?;
    let body = answer.body_mut().with_config().limit(LIMIT);
    body.read_to_vec().map_err(|error| cannot(&error))
}

#[cfg(not(feature = "web"))]
pub fn get(address: &str) -> Result<Vec<u8>, Failure> {
    Err(Failure::new(format!(
        "cannot get {address}: this forewarn was built without the feature `web`"
    ))
    .help("fetch the registry's folder by other means and name it: `--from FOLDER`"))
}

fn only_http(address: &str) -> Failure {
    Failure::new(format!(
        "cannot get {address}: addresses begin with `http://`"
    ))
    .help(
        "for other ways, fetch the registry's folder and name it: `--from FOLDER`; digests and \
         signatures hold whichever way it came",
    )
}
