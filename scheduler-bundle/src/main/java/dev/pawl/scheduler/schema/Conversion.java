package dev.pawl.scheduler.schema;

import dev.pawl.base.json.value.Json;
import dev.pawl.service.data.JsonLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts given JSON values to their shapes: a text becomes the number it spells, names become those on the wire, defaults are filled
 * in. Texts are not read as JSON: {@link #fromText} is for texts of a command line or an annotation.
 */
final class Conversion {

    private static final int LONGEST_SHOWN = 60;

    private Conversion() {}

    /** The value as JSON, or an error that names {@code path}. */
    static Object convert(String path, ValueShape shape, Object given) {
        if (shape instanceof ValueShape.Text text) {
            return text(path, shape, given, text.range());
        }
        if (shape instanceof ValueShape.Spelled spelled) {
            if (given instanceof String text && spelled.spelling().spells(text)) {
                return text;
            }
            throw refused(path, shape, given);
        }
        if (shape instanceof ValueShape.Hidden hidden) {
            return text(path, shape, given, hidden.range());
        }
        if (shape instanceof ValueShape.Whole whole) {
            return whole(path, whole, given);
        }
        if (shape instanceof ValueShape.Decimal decimal) {
            return decimal(path, decimal, given);
        }
        if (shape instanceof ValueShape.Flag) {
            return flag(path, shape, given);
        }
        if (shape instanceof ValueShape.Choice choice) {
            return choice(path, choice, given);
        }
        if (shape instanceof ValueShape.Fields nested) {
            return fields(path + ".", nested.fields(), object(path, shape, given), "a part of " + path);
        }
        if (shape instanceof ValueShape.Many many) {
            return many(path, many, given);
        }
        if (shape instanceof ValueShape.Named named) {
            Map<String, @Nullable Object> converted = new LinkedHashMap<>();
            object(path, shape, given).forEach((name, value) -> {
                String key = String.valueOf(name);
                converted.put(key, part(path + "." + key, named.value(), value));
            });
            return converted;
        }
        return exact(path, shape, given);
    }

    /** The value that a text written by a person stands for: JSON where the shape is a list or an object, otherwise the text as it is. */
    static Object fromText(String path, ValueShape shape, String text) {
        return isComposite(shape) || (shape instanceof ValueShape.Free && looksLikeJson(text))
                ? parsed(path, shape, text)
                : text;
    }

    /** The list or object in the text, where the shape is one; otherwise the text itself. */
    static Object compositeOr(ValueShape shape, String text) {
        try {
            return isComposite(shape) ? parsed("", shape, text) : text;
        } catch (InvalidValueException e) { // it is refused as it stands, by its name
            return text;
        }
    }

    private static boolean isComposite(ValueShape shape) {
        return shape instanceof ValueShape.Many
                || shape instanceof ValueShape.Named
                || shape instanceof ValueShape.Fields;
    }

    /** Free JSON as it is, after a check that every number in it is cheap to work with. */
    private static Object exact(String path, ValueShape shape, Object given) {
        if (given instanceof Map<?, ?> map) {
            map.forEach((name, value) -> exactPart(path + "." + name, shape, value));
        } else if (given instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                exactPart(path + "[" + i + "]", shape, list.get(i));
            }
        } else if (given instanceof Number number && JsonLimits.number(number.toString()) == null) {
            throw refused(path, shape, given);
        }
        return given;
    }

    private static void exactPart(String path, ValueShape shape, @Nullable Object value) {
        if (value != null) {
            exact(path, shape, value);
        }
    }

    /** Converts the given values by name, in their order, fills in the defaults, and refuses unknown and missing values. */
    static Map<String, Object> fields(String prefix, List<FieldShape> fields, Map<?, ?> given, String kind) {
        Map<String, Object> converted = new LinkedHashMap<>();
        for (FieldShape field : fields) {
            Object value = givenFor(prefix, field, given);
            if (value != null) {
                converted.put(field.id(), convert(prefix + field.id(), field.shape(), value));
            } else if (field.otherwise() != null) {
                converted.put(field.id(), field.otherwise());
            } else if (field.required()) {
                throw new InvalidValueException(prefix + field.id() + " is missing; it takes "
                        + field.shape().accepted() + "." + unknown(fields, given, kind));
            }
        }
        given.keySet().forEach(name -> known(prefix, fields, String.valueOf(name), kind));
        return inGivenOrder(fields, given, converted);
    }

    /** The order of a job file may mean something to a module; values that were not given follow. */
    private static Map<String, Object> inGivenOrder(
            List<FieldShape> fields, Map<?, ?> given, Map<String, Object> converted) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (Object name : given.keySet()) {
            fields.stream()
                    .filter(field -> field.isNamed(String.valueOf(name)) && converted.containsKey(field.id()))
                    .forEach(field -> ordered.put(field.id(), converted.get(field.id())));
        }
        converted.forEach(ordered::putIfAbsent);
        return ordered;
    }

    private static @Nullable Object givenFor(String prefix, FieldShape field, Map<?, ?> given) {
        if (given.containsKey(field.id())
                && !field.component().equals(field.id())
                && given.containsKey(field.component())) {
            throw new InvalidValueException(
                    prefix + field.id() + " is given twice, also as " + field.component() + "; give it once.");
        }
        Object value = given.get(field.id());
        return value == null ? given.get(field.component()) : value;
    }

    /** A sentence about a name that is given and unknown, behind the one about a missing value: it may be the same value, misspelt. */
    private static String unknown(List<FieldShape> fields, Map<?, ?> given, String kind) {
        return given.keySet().stream()
                .map(String::valueOf)
                .filter(name -> fields.stream().noneMatch(field -> field.isNamed(name)))
                .findFirst()
                .map(name -> " " + shown(name) + " is given, and is not " + kind + ".")
                .orElse("");
    }

    static void known(String prefix, List<FieldShape> fields, String name, String kind) {
        if (fields.stream().noneMatch(field -> field.isNamed(name))) {
            String names = String.join(", ", fields.stream().map(FieldShape::id).toList());
            throw new InvalidValueException(prefix + shown(name) + " is not " + kind + "; "
                    + (names.isEmpty() ? "it takes none." : "there are " + names + "."));
        }
    }

    private static String text(String path, ValueShape shape, Object given, Range range) {
        if (!(given instanceof String text) || !range.contains(BigDecimal.valueOf(text.length()))) {
            throw refused(path, shape, given);
        }
        return text;
    }

    private static Object whole(String path, ValueShape.Whole shape, Object given) {
        BigInteger number = integer(path, shape, given);
        if (number.bitLength() >= shape.bits() || !shape.range().contains(new BigDecimal(number))) {
            throw refused(path, shape, given);
        }
        if (number.bitLength() >= Long.SIZE) {
            return number;
        }
        long value = number.longValueExact();
        return value == (int) value ? (Object) (int) value : (Object) value;
    }

    private static BigInteger integer(String path, ValueShape shape, Object given) {
        try {
            return number(path, shape, given).toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw refused(path, shape, given);
        }
    }

    private static Object decimal(String path, ValueShape.Decimal shape, Object given) {
        BigDecimal number = number(path, shape, given);
        if (number.abs().compareTo(shape.largest()) > 0 || !shape.range().contains(number)) {
            throw refused(path, shape, given);
        }
        return number;
    }

    private static BigDecimal number(String path, ValueShape shape, Object given) {
        BigDecimal number = given instanceof Number || given instanceof String
                ? JsonLimits.number(given.toString().trim())
                : null;
        if (number == null) {
            throw refused(path, shape, given);
        }
        return number;
    }

    private static Object flag(String path, ValueShape shape, Object given) {
        if (given instanceof Boolean) {
            return given;
        }
        if (given instanceof String text && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return text.equalsIgnoreCase("true");
        }
        throw refused(path, shape, given);
    }

    private static Object choice(String path, ValueShape.Choice shape, Object given) {
        return shape.words().stream()
                .filter(word -> given instanceof String text && word.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> refused(path, shape, given));
    }

    private static List<@Nullable Object> many(String path, ValueShape.Many shape, Object given) {
        if (!(given instanceof List<?> list)) {
            throw refused(path, shape, given);
        }
        List<@Nullable Object> converted = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            converted.add(part(path + "[" + i + "]", shape.item(), list.get(i)));
        }
        return converted;
    }

    private static Map<?, ?> object(String path, ValueShape shape, Object given) {
        if (given instanceof Map<?, ?> map) {
            return map;
        }
        throw refused(path, shape, given);
    }

    /** An entry of a list or of an object with free names; null is a value where any JSON is taken. */
    private static @Nullable Object part(String path, ValueShape shape, @Nullable Object value) {
        return value == null && shape instanceof ValueShape.Free
                ? null
                : convert(path, shape, present(path, shape, value));
    }

    private static Object present(String path, ValueShape shape, @Nullable Object value) {
        if (value == null) {
            throw new InvalidValueException(path + " is null; it takes " + shape.accepted() + ".");
        }
        return value;
    }

    private static boolean looksLikeJson(String text) {
        String trimmed = text.trim();
        return trimmed.startsWith("{") || trimmed.startsWith("[");
    }

    private static Object parsed(String path, ValueShape shape, String text) {
        try {
            return present(path, shape, Json.typed(JsonCheck.check("The text", text)));
        } catch (IllegalArgumentException e) {
            throw refused(path, shape, text);
        }
    }

    private static InvalidValueException refused(String path, ValueShape shape, Object given) {
        String value = Secrets.isIn(shape) ? "has a value that is not accepted" : "is " + shown(given);
        return new InvalidValueException(path + " " + value + "; it takes " + shape.accepted() + ".");
    }

    /** The value as it is shown in a sentence, cut where it is long. */
    static String shown(Object given) {
        String text = given instanceof String spelled ? "\"" + spelled + "\"" : Json.text(given);
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST_SHOWN
                ? line
                : String.format(Locale.ROOT, "%s… (%,d characters)", line.substring(0, LONGEST_SHOWN), line.length());
    }
}
