package dev.pawl.http.auth;

/**
 * A token that was just made, with its secret, which is shown this once and kept nowhere.
 *
 * @param token the token
 * @param secret the text by which callers show it
 */
public record IssuedToken(Token token, String secret) {}
