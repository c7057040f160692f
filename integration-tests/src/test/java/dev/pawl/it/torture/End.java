package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The end of a job as an external worker tells it.
 *
 * @param token a text in the info that is in no other
 * @param info what the worker says about it
 */
record End(String token, boolean failed, JsonNode info) {}
