package dev.pawl.cli.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the server answered.
 *
 * @param text the body as it came
 * @param json the same as a tree; a missing node when it was empty
 */
public record Answer(String text, JsonNode json) {}
