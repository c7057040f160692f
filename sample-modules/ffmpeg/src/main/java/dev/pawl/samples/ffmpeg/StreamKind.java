package dev.pawl.samples.ffmpeg;

import dev.pawl.api.module.ValidationException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kind of stream, with the letter by which FFmpeg's stream specifiers name it. */
enum StreamKind {
    VIDEO('v'),
    AUDIO('a'),
    SUBTITLE('s'),
    DATA('d'),
    ATTACHMENT('t');

    private final char letter;

    StreamKind(char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }

    /** The name that ffprobe has for it, which serves people too. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind that an input names by its letter, or by a word that begins with it.
     *
     * @return empty when the input names none
     */
    static Optional<StreamKind> ofInput(String input, @Nullable String specifier) throws ValidationException {
        if (specifier == null || specifier.isEmpty()) {
            return Optional.empty();
        }
        String word = specifier.toLowerCase(Locale.ROOT);
        if (word.startsWith("attach")) {
            return Optional.of(ATTACHMENT);
        }
        for (StreamKind kind : values()) {
            if (kind.letter == word.charAt(0)) {
                return Optional.of(kind);
            }
        }
        throw new ValidationException(input + " is " + specifier
                + "; it takes v (video), a (audio), s (subtitle), d (data) or t (attachment).");
    }

    /** The kind that ffprobe names; {@link #DATA} for one that it cannot tell. */
    static StreamKind ofProbe(String word) {
        for (StreamKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        return DATA;
    }
}
