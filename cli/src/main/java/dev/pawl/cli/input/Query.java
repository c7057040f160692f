package dev.pawl.cli.input;

import dev.pawl.cli.client.Api;

/** Builds a path with query parameters. */
public final class Query {
    private final StringBuilder text;
    private char joint = '?';

    public Query(String path) {
        this.text = new StringBuilder(path);
    }

    /** Adds a parameter unless its value is an empty text. */
    public Query with(String name, Object value) {
        String given = value.toString();
        if (!given.isEmpty()) {
            text.append(joint).append(name).append('=').append(Api.segment(given));
            joint = '&';
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
