package dev.pawl.samples.mail;

import java.util.List;

/** The answer of an SMTP server to a mail. */
sealed interface Answer {

    /**
     * The server has taken the mail.
     *
     * @param recipients the addresses it goes to
     * @param refused sentences on the others, each with the address and the server's words
     * @param sentence the server's words
     */
    record Accepted(List<String> recipients, List<String> refused, String sentence) implements Answer {}

    /**
     * The server has not taken it.
     *
     * @param isTemporary whether another attempt may help
     * @param sentence the reason, with the server's words
     */
    record Failed(boolean isTemporary, String sentence) implements Answer {}
}
