package dev.pawl.samples.transform;

import dev.pawl.api.module.ValidationException;
import java.util.Locale;

/** The formats of files of records. */
enum Format {
    CSV("csv"),
    JSONL("jsonl"),
    JSON("json"),
    XML("xml");

    private static final String ACCEPTED = "csv, jsonl, json or xml";

    private final String word;

    Format(String word) {
        this.word = word;
    }

    /** The format that an input names or, for {@code auto}, that the ending of a file's name stands for. */
    static Format of(String input, String text, String fileName) throws ValidationException {
        boolean auto = text.equalsIgnoreCase("auto");
        String wanted = (auto ? fileName.substring(fileName.lastIndexOf('.') + 1) : text).toLowerCase(Locale.ROOT);
        for (Format format : values()) {
            if (format.word.equals(wanted)) {
                return format;
            }
        }
        if (auto && wanted.equals("ndjson")) {
            return JSONL;
        }
        throw new ValidationException(
                auto
                        ? "The format of " + fileName + " does not show in its name; give " + input + ": " + ACCEPTED
                                + "."
                        : input + " is " + text + "; it takes " + ACCEPTED + ", or auto.");
    }
}
