package dev.pawl.http.route;

/**
 * A header of a request or an answer, for the documentation.
 *
 * @param name its name
 * @param description a sentence for people
 */
public record Header(String name, String description) {}
