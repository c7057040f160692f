package dev.pawl.http.upload;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** The one part of a form that is a file, found while the form is parsed. The first failure is kept and thrown at the end. */
final class FormFile implements MultiPart.Parser.Listener {

    private static final Pattern NAME = Pattern.compile(";\\s*name=\"?([^\";]*)\"?", Pattern.CASE_INSENSITIVE);

    private final OutputStream out;
    private final Set<String> parameters;
    private String disposition = "";
    private boolean isFile;
    private boolean found;
    private @Nullable ProblemException failure;

    /**
     * Writes the file to a stream.
     *
     * @param parameters the names that no field may have
     */
    FormFile(OutputStream out, Set<String> parameters) {
        this.out = out;
        this.parameters = parameters;
    }

    /** Throws the first failure, if there was one. */
    void check() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Throws the first failure, or an error when there was no file. */
    void checkEnd() {
        check();
        if (!found) {
            throw Form.malformed("The form holds no file; it takes a bundle's jar as a file.");
        }
    }

    @Override
    public void onPartBegin() {
        disposition = "";
        isFile = false;
    }

    @Override
    public void onPartHeader(String name, String value) {
        if (name.equalsIgnoreCase("Content-Disposition")) {
            disposition = value;
        }
    }

    @Override
    public void onPartHeaders() {
        Matcher name = NAME.matcher(disposition);
        if (name.find() && parameters.contains(name.group(1))) {
            fail(Form.malformed("The form has a field " + name.group(1) + "; it belongs in the address, as ?"
                    + name.group(1) + "=…."));
        }
        isFile = disposition.toLowerCase(Locale.ROOT).contains("filename");
        if (isFile && found) {
            fail(Form.malformed("The form holds more than one file; it takes one bundle's jar."));
        }
        found |= isFile;
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
        if (!isFile || failure != null) {
            return;
        }
        byte[] piece = new byte[chunk.remaining()];
        chunk.getByteBuffer().get(piece);
        try {
            out.write(piece);
        } catch (ProblemException refused) {
            fail(refused);
        } catch (IOException e) {
            fail(new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE, "The upload cannot be kept: " + e.getMessage(), e));
        }
    }

    @Override
    public void onFailure(Throwable cause) {
        fail(new ProblemException(
                ProblemCode.MALFORMED, "The form is cut short or broken: " + cause.getMessage() + ".", cause));
    }

    private void fail(ProblemException problem) {
        if (failure == null) {
            failure = problem;
        }
    }
}
