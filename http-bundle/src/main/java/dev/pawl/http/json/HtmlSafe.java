package dev.pawl.http.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import org.jspecify.annotations.Nullable;

/**
 * Escapes the ampersand in JSON. The polling client of the older worker system undoes HTML's character references in the text of a job
 * before it reads it as JSON: one for a quotation mark in a title ended its process, and a file called "x&copy.mkv" got another name.
 */
final class HtmlSafe extends CharacterEscapes {

    static final HtmlSafe ESCAPES = new HtmlSafe();

    private static final long serialVersionUID = 1L;

    private final int[] escapes;

    private HtmlSafe() {
        escapes = standardAsciiEscapesForJSON();
        escapes['&'] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return escapes.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return null; // asked for custom ones alone
    }
}
