package dev.pawl.api.module;

/** How much a log line matters. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR
}
