package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.word;

/** The server's front door on the wire, for programs. */
public final class IndexJson {

    private static final AnswerShape<Index> LINKS = AnswerShape.<Index>of("Links", "Where to go on, as paths.")
            .optional(
                    "console",
                    TEXT,
                    index -> index.hasConsole() ? "/console/" : null,
                    "The web console, for people, when this server has it.")
            .field("docs", TEXT, index -> "/docs", "The documentation for people.")
            .field("manual", TEXT, index -> "/manual/", "The manual.")
            .field("openapi", TEXT, index -> "/openapi.json", "The description for programs.")
            .field("health", TEXT, index -> "/status/health", "Whether the server can take jobs.")
            .field("status", TEXT, index -> "/status", "What it does now.")
            .field("modules", TEXT, index -> "/modules", "What it can run.")
            .field("jobs", TEXT, index -> "/jobs", "What it runs and has run.");

    public static final AnswerShape<Index> SHAPE = AnswerShape.<Index>of("Server", "A server and its addresses.")
            .field("name", word("Pawl"), index -> "Pawl", "Always Pawl.")
            .field("version", TEXT, Index::version, "The product's version.")
            .field("links", LINKS, index -> index, "Where to go on.");

    /**
     * A server.
     *
     * @param version the product's version
     */
    public record Index(String version, boolean hasConsole) {}

    private IndexJson() {}
}
