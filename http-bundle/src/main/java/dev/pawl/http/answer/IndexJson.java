package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.word;

/** The server's front door on the wire, for programs. Its value is the product's version. */
public final class IndexJson {

    private static final AnswerShape<String> LINKS = AnswerShape.<String>of("Links", "Where to go on, as paths.")
            .field("console", TEXT, version -> "/console/", "The web console, for people.")
            .field("docs", TEXT, version -> "/docs", "The documentation for people.")
            .field("openapi", TEXT, version -> "/openapi.json", "The description for programs.")
            .field("health", TEXT, version -> "/status/health", "Whether the server can take jobs.")
            .field("status", TEXT, version -> "/status", "What it does now.")
            .field("modules", TEXT, version -> "/modules", "What it can run.")
            .field("jobs", TEXT, version -> "/jobs", "What it runs and has run.");

    public static final AnswerShape<String> SHAPE = AnswerShape.<String>of("Server", "A server and its addresses.")
            .field("name", word("Pawl"), version -> "Pawl", "Always Pawl.")
            .field("version", TEXT, version -> version, "The product's version.")
            .field("links", LINKS, version -> version, "Where to go on.");

    private IndexJson() {}
}
