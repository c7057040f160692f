package dev.pawl.api.module;

/** The severity of a log line. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR
}
