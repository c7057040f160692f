package dev.pawl.samples.transform;

import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The checked inputs of a task.
 *
 * @param source the file to read
 * @param output the file to write
 * @param rejects the file for bad records
 * @param format the format of the source
 * @param outputFormat the format of the output
 * @param encoding the encoding of the source, unless it has one of its own
 * @param delimiter that of the source
 * @param columns those of the source, empty when its first record has them
 * @param outputDelimiter that of the output
 * @param element the name of the elements that are records, empty for the children of the root
 * @param outputElement the name of elements that are written
 * @param skipping whether bad records are left out
 * @param mostRejects how many
 */
record Plan(
        Path source,
        Path output,
        @Nullable Path rejects,
        Format format,
        Format outputFormat,
        Charset encoding,
        char delimiter,
        List<String> columns,
        char outputDelimiter,
        String element,
        String outputElement,
        boolean skipping,
        long mostRejects) {

    private static final TransformInputs.Csv PLAIN_CSV = new TransformInputs.Csv(null, null, null);
    private static final TransformInputs.Xml PLAIN_XML = new TransformInputs.Xml(null, null);

    /**
     * Checks the inputs of a task.
     *
     * @throws ValidationException names the input that is wrong and what it accepts
     */
    static Plan of(TaskContext task) throws ValidationException {
        TransformInputs inputs = task.inputs(TransformInputs.class);
        NamedFiles files = NamedFiles.of(
                task, task.settings(TransformModule.Settings.class).root());
        Path source = files.source("source", inputs.source());
        Path output = files.target("output", inputs.output(), inputs.overwrite());
        Path rejects = inputs.rejects() == null ? null : files.target("rejects", inputs.rejects(), inputs.overwrite());
        refuseSame(source, output, rejects);
        boolean skipping = isSkipping(inputs);
        TransformInputs.Csv csv = Objects.requireNonNullElse(inputs.csv(), PLAIN_CSV);
        TransformInputs.Xml xml = Objects.requireNonNullElse(inputs.xml(), PLAIN_XML);
        String outputName = String.valueOf(output.getFileName());
        return new Plan(
                source,
                output,
                rejects,
                Format.of("format", inputs.format(), SourceFile.plainName(source)),
                Format.of("output_format", inputs.outputFormat(), outputName),
                encoding(inputs.encoding()),
                delimiter("csv.delimiter", csv.delimiter()),
                csv.columns() == null ? List.of() : List.copyOf(csv.columns()),
                delimiter("csv.output_delimiter", csv.outputDelimiter()),
                xml.record() == null ? "" : element("xml.record", xml.record()),
                element("xml.output_record", Objects.requireNonNullElse(xml.outputRecord(), "record")),
                skipping,
                inputs.mostRejects() == null ? Long.MAX_VALUE : inputs.mostRejects());
    }

    private static void refuseSame(Path source, Path output, @Nullable Path rejects) throws ValidationException {
        if (output.equals(source) || output.equals(rejects) || source.equals(rejects)) {
            throw new ValidationException(
                    "source, output and rejects must be different files; " + output + " is one of them twice.");
        }
    }

    private static boolean isSkipping(TransformInputs inputs) throws ValidationException {
        boolean skipping = inputs.onError().equals("skip");
        if (!skipping && !inputs.onError().equals("fail")) {
            throw new ValidationException("on_error is " + inputs.onError() + "; it takes fail or skip.");
        }
        if (!skipping && (inputs.rejects() != null || inputs.mostRejects() != null)) {
            throw new ValidationException(
                    "rejects and most_rejects are for on_error: skip; the first bad record fails this job.");
        }
        return skipping;
    }

    private static Charset encoding(String name) throws ValidationException {
        Charset charset = SourceEncoding.named(name);
        if (charset == null) {
            throw new ValidationException(
                    "encoding is " + name
                            + "; it takes UTF-8, US-ASCII, ISO-8859-n, windows-125n or KOI8-R. Convert others first, for example with iconv.");
        }
        return charset;
    }

    private static char delimiter(String input, @Nullable String text) throws ValidationException {
        String given = text == null ? "," : text.equals("\\t") ? "\t" : text;
        boolean fits = given.length() == 1
                && given.charAt(0) < 0x7F
                && "\"\r\n".indexOf(given.charAt(0)) < 0
                && !Character.isLetterOrDigit(given.charAt(0));
        if (!fits) {
            throw new ValidationException(input + " is " + Shortened.of(given)
                    + "; it takes one ASCII character that is no letter, digit, quote or line end, or \\t.");
        }
        return given.charAt(0);
    }

    private static String element(String input, String text) throws ValidationException {
        String plain = text.substring(text.indexOf(':') + 1);
        if (!XmlText.name(plain).equals(plain)) {
            throw new ValidationException(
                    input + " is " + Shortened.of(text) + "; it takes the name of an XML element.");
        }
        return text;
    }
}
