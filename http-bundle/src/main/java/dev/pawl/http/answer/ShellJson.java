package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.listOf;

import dev.pawl.service.shell.ShellAnswer;
import dev.pawl.service.shell.ShellWord;
import java.util.List;

/** The outcome of a line of the shell, and the words that complete one, on the wire. */
public final class ShellJson {

    public static final AnswerShape<ShellAnswer> ANSWER = AnswerShape.<ShellAnswer>of(
                    "ShellAnswer", "The outcome of a command line.")
            .field("output", TEXT, ShellAnswer::output, "The text to show; when it failed, the reason at its end.")
            .field("failed", FLAG, ShellAnswer::failed, "Whether the command failed.");

    private static final AnswerShape<ShellWord> WORD = AnswerShape.<ShellWord>of(
                    "ShellWord", "A word that completes a command line.")
            .field("word", TEXT, ShellWord::word, "The whole word, in place of the line's last one.")
            .field("description", TEXT, ShellWord::description, "What it stands for; may be empty.");

    public static final AnswerShape<List<ShellWord>> WORDS = AnswerShape.<List<ShellWord>>of(
                    "ShellWords", "The words that complete a command line.")
            .field("words", listOf(WORD), words -> words, "The words.");

    private ShellJson() {}
}
