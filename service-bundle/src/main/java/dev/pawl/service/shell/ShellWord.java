package dev.pawl.service.shell;

/**
 * A word that completes a command line.
 *
 * @param word the whole word
 * @param description what it stands for; empty when the word says it
 */
public record ShellWord(String word, String description) {}
