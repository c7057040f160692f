package dev.pawl.service.access;

import java.net.URI;
import java.time.Duration;

/**
 * The beginning of a sign-in at an issuer.
 *
 * @param address the address of the issuer to which the browser goes
 * @param ticket what the browser keeps meanwhile and must show in the end; it can neither be read nor made by others
 * @param valid the time in which it can be finished
 */
public record BegunSignIn(URI address, String ticket, Duration valid) {}
