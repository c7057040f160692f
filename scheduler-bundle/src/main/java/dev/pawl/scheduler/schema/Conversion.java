package dev.pawl.scheduler.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings a given value into its shape: text becomes the number it spells, names become those on the wire, defaults fill in. */
final class Conversion {

    private static final int LONGEST_SHOWN = 60;

    private Conversion() {}

    /** The value as JSON, or an error that names {@code path}. */
    static Object convert(String path, Shape shape, Object given) {
        if (shape instanceof Shape.Text text) {
            return text(path, shape, given, text.min(), text.max());
        }
        if (shape instanceof Shape.Spelled spelled) {
            if (given instanceof String text && spelled.spelling().spells(text)) {
                return text;
            }
            throw refused(path, shape, given);
        }
        if (shape instanceof Shape.Hidden hidden) {
            return text(path, shape, given, hidden.min(), hidden.max());
        }
        if (shape instanceof Shape.Whole whole) {
            return whole(path, whole, given);
        }
        if (shape instanceof Shape.Decimal decimal) {
            return decimal(path, decimal, given);
        }
        if (shape instanceof Shape.Flag) {
            return flag(path, shape, given);
        }
        if (shape instanceof Shape.Choice choice) {
            return choice(path, choice, given);
        }
        if (shape instanceof Shape.Fields nested) {
            return fields(path + ".", nested.fields(), object(path, shape, given), "a part of " + path);
        }
        if (shape instanceof Shape.Many many) {
            return many(path, many, given);
        }
        if (shape instanceof Shape.Named named) {
            Map<String, Object> converted = new LinkedHashMap<>();
            object(path, shape, given).forEach((name, value) -> {
                String key = String.valueOf(name);
                converted.put(key, convert(path + "." + key, named.value(), present(path + "." + key, shape, value)));
            });
            return converted;
        }
        return given instanceof String text && looksLikeJson(text) ? parsed(path, shape, text) : given;
    }

    /** Converts the given values by name, fills in the defaults, refuses what is unknown or missing. */
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
                        + field.shape().accepted() + ".");
            }
        }
        given.keySet().forEach(name -> known(prefix, fields, String.valueOf(name), kind));
        return converted;
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

    static void known(String prefix, List<FieldShape> fields, String name, String kind) {
        if (fields.stream().noneMatch(field -> field.isNamed(name))) {
            String names = String.join(", ", fields.stream().map(FieldShape::id).toList());
            throw new InvalidValueException(prefix + shown(name) + " is not " + kind + "; "
                    + (names.isEmpty() ? "it takes none." : "there are " + names + "."));
        }
    }

    private static String text(String path, Shape shape, Object given, double min, double max) {
        if (!(given instanceof String text) || text.length() < min || text.length() > max) {
            throw refused(path, shape, given);
        }
        return text;
    }

    private static Object whole(String path, Shape.Whole shape, Object given) {
        BigInteger number = exact(path, shape, given);
        if (number.bitLength() >= shape.bits()
                || number.doubleValue() < shape.min()
                || number.doubleValue() > shape.max()) {
            throw refused(path, shape, given);
        }
        if (number.bitLength() >= Long.SIZE) {
            return number;
        }
        long value = number.longValueExact();
        return value == (int) value ? (Object) (int) value : (Object) value;
    }

    private static BigInteger exact(String path, Shape shape, Object given) {
        try {
            BigDecimal number = number(path, shape, given);
            if (number.precision() - number.scale() > LONGEST_SHOWN) { // longer than any: not worth spelling out
                throw refused(path, shape, given);
            }
            return number.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw refused(path, shape, given);
        }
    }

    private static Object decimal(String path, Shape.Decimal shape, Object given) {
        double number = number(path, shape, given).doubleValue();
        if (Double.isInfinite(number) || number < shape.min() || number > shape.max()) {
            throw refused(path, shape, given);
        }
        return number;
    }

    private static BigDecimal number(String path, Shape shape, Object given) {
        if (!(given instanceof Number) && !(given instanceof String)) {
            throw refused(path, shape, given);
        }
        String text = given.toString().trim();
        if (text.length() > LONGEST_SHOWN) {
            throw refused(path, shape, given);
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw refused(path, shape, given);
        }
    }

    private static Object flag(String path, Shape shape, Object given) {
        if (given instanceof Boolean) {
            return given;
        }
        if (given instanceof String text && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return text.equalsIgnoreCase("true");
        }
        throw refused(path, shape, given);
    }

    private static Object choice(String path, Shape.Choice shape, Object given) {
        return shape.words().stream()
                .filter(word -> given instanceof String text && word.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> refused(path, shape, given));
    }

    private static List<Object> many(String path, Shape.Many shape, Object given) {
        Object value = given instanceof String text ? parsed(path, shape, text) : given;
        if (!(value instanceof List<?> list)) {
            throw refused(path, shape, given);
        }
        List<Object> converted = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            String at = path + "[" + i + "]";
            converted.add(convert(at, shape.item(), present(at, shape.item(), list.get(i))));
        }
        return converted;
    }

    private static Map<?, ?> object(String path, Shape shape, Object given) {
        Object value = given instanceof String text ? parsed(path, shape, text) : given;
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw refused(path, shape, given);
    }

    private static Object present(String path, Shape shape, @Nullable Object value) {
        if (value == null) {
            throw new InvalidValueException(path + " is null; it takes " + shape.accepted() + ".");
        }
        return value;
    }

    private static boolean looksLikeJson(String text) {
        String trimmed = text.trim();
        return trimmed.startsWith("{") || trimmed.startsWith("[");
    }

    private static Object parsed(String path, Shape shape, String text) {
        try {
            return present(path, shape, Json.value(text));
        } catch (IllegalArgumentException e) {
            throw refused(path, shape, text);
        }
    }

    private static InvalidValueException refused(String path, Shape shape, Object given) {
        String value = Secrets.isIn(shape) ? "has a value that is not accepted" : "is " + shown(given);
        return new InvalidValueException(path + " " + value + "; it takes " + shape.accepted() + ".");
    }

    /** The value in a sentence, cut where it is long. */
    static String shown(Object given) {
        String text = given instanceof String spelled ? "\"" + spelled + "\"" : Json.text(given);
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST_SHOWN
                ? line
                : String.format(Locale.ROOT, "%s… (%,d characters)", line.substring(0, LONGEST_SHOWN), line.length());
    }
}
