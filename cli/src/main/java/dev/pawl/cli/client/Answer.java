package dev.pawl.cli.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An answer of the server.
 *
 * @param text the body as received
 * @param json the body as a tree; a missing node when it was empty
 */
public record Answer(String text, JsonNode json) {}
