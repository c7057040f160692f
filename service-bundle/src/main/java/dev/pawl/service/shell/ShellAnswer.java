package dev.pawl.service.shell;

/**
 * The outcome of a command line.
 *
 * @param output the text to show, without a line end at its end; cut after 1 MiB
 * @param failed whether the command failed; the output ends with the reason, a sentence
 */
public record ShellAnswer(String output, boolean failed) {}
