package dev.pawl.launch;

import java.net.URI;

/**
 * The address at which the HTTP API answers. A service of the http-bundle, there for as long as the API answers; the launcher takes it
 * as the sign that the server is ready.
 *
 * @param url with scheme, host and port
 */
public record HttpAddress(URI url) {}
