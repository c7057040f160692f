package dev.pawl.service.metric;

/**
 * A label of a measurement. The values of a name are few: a label never holds an id of a job, an address or a text of a client.
 *
 * @param name the name, in snake case
 * @param value the value
 */
public record Label(String name, String value) {}
