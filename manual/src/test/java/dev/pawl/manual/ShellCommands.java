package dev.pawl.manual;

import java.util.ArrayList;
import java.util.List;

/** The commands of a block of shell code, as words: enough of the shell's language for what the documentation has. */
final class ShellCommands {

    private static final String SUBSTITUTED = "substituted";

    private final List<List<String>> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean isWord;
    private final String text;
    private int at;

    private ShellCommands(String text) {
        this.text = text;
    }

    /** The commands of a text, those that others substitute too. Of a session only what a person types. */
    static List<List<String>> of(String block) {
        boolean isSession = block.lines().anyMatch(line -> line.startsWith("$ "));
        String typed = isSession ? typed(block) : block;
        var shell = new ShellCommands(typed);
        shell.read('\0');
        return shell.commands;
    }

    private static String typed(String session) {
        var typed = new StringBuilder();
        boolean goesOn = false;
        for (String line : session.lines().toList()) {
            if (goesOn || line.startsWith("$ ")) {
                typed.append(goesOn ? line : line.substring(2)).append('\n');
                goesOn = line.endsWith("\\");
            }
        }
        return typed.toString();
    }

    private void read(char end) {
        while (at < text.length()) {
            char each = text.charAt(at++);
            if (each == end) {
                endCommand();
                return;
            }
            switch (each) {
                case '\'' -> quoted();
                case '"' -> doubleQuoted();
                case '\\' -> escaped();
                case '#' -> {
                    if (isWord) {
                        add(each);
                    } else {
                        comment();
                    }
                }
                case ' ', '\t' -> endWord();
                case '\n', ';', '|', '&' -> endCommand();
                case '$', '<' -> {
                    if (at < text.length() && text.charAt(at) == '(') {
                        substituted();
                    } else {
                        add(each);
                    }
                }
                default -> add(each);
            }
        }
        endCommand();
    }

    private void substituted() {
        at++;
        var inner = new ShellCommands(text.substring(at));
        inner.read(')');
        commands.addAll(inner.commands);
        at += inner.at;
        word.append(SUBSTITUTED);
        isWord = true;
    }

    private void quoted() {
        int close = text.indexOf('\'', at);
        word.append(text, at, close);
        at = close + 1;
        isWord = true;
    }

    private void doubleQuoted() {
        isWord = true;
        while (text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            word.append(text.charAt(at++));
        }
        at++;
    }

    private void escaped() {
        if (text.charAt(at) == '\n') {
            at++;
        } else {
            add(text.charAt(at++));
        }
    }

    private void comment() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
    }

    private void add(char each) {
        word.append(each);
        isWord = true;
    }

    private void endWord() {
        if (isWord) {
            words.add(word.toString());
            word.setLength(0);
            isWord = false;
        }
    }

    private void endCommand() {
        endWord();
        if (!words.isEmpty()) {
            commands.add(words);
            words = new ArrayList<>();
        }
    }
}
