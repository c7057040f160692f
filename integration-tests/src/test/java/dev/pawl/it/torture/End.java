package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The end of a job as an external worker reports it.
 *
 * @param token a text in the info that no other info contains
 * @param info the information that the worker sends with it
 */
record End(String token, boolean failed, JsonNode info) {}
