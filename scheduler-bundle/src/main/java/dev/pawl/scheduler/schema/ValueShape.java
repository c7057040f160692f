package dev.pawl.scheduler.schema;

import dev.pawl.service.catalog.FieldType;
import dev.pawl.service.data.JsonLimits;
import java.math.BigDecimal;
import java.util.List;

/** Shape of one value. Holds no class of a module, so that it keeps no class loader. */
public sealed interface ValueShape {

    /** Its type in the list of fields. */
    FieldType type();

    /** The accepted values in words that complete "it takes …". */
    String accepted();

    /** A text whose length in characters is bounded. */
    record Text(Range range) implements ValueShape {
        @Override
        public FieldType type() {
            return FieldType.TEXT;
        }

        @Override
        public String accepted() {
            return "a text" + range.words(" characters");
        }
    }

    /** A text that spells a value of another kind. */
    record Spelled(Spelling spelling) implements ValueShape {
        @Override
        public FieldType type() {
            return FieldType.TEXT;
        }

        @Override
        public String accepted() {
            return spelling.accepted();
        }
    }

    /** A text that is never shown. */
    record Hidden(Range range) implements ValueShape {
        @Override
        public FieldType type() {
            return FieldType.SECRET;
        }

        @Override
        public String accepted() {
            return "a secret text" + range.words(" characters");
        }
    }

    /** A whole number of at most so many bits. */
    record Whole(Range range, int bits) implements ValueShape {
        /** Bits of numbers without a bound of their own: more than anybody needs, and yet bounded. */
        static final int MOST_BITS = 192;

        @Override
        public FieldType type() {
            return FieldType.INTEGER;
        }

        @Override
        public String accepted() {
            return "an integer" + (bits < Long.SIZE ? " of " + bits + " bits" : "") + range.words("");
        }
    }

    /** Any number whose absolute value is no larger than the given one, which is the largest of the module's type. */
    record Decimal(Range range, BigDecimal largest) implements ValueShape {
        /** Bound of a number that is kept with every digit. */
        static final BigDecimal ANY = BigDecimal.TEN.pow(JsonLimits.MOST_DIGITS);

        @Override
        public FieldType type() {
            return FieldType.NUMBER;
        }

        @Override
        public String accepted() {
            return "a number" + range.words("");
        }
    }

    /** True or false. */
    record Flag() implements ValueShape {
        @Override
        public FieldType type() {
            return FieldType.BOOLEAN;
        }

        @Override
        public String accepted() {
            return "true or false";
        }
    }

    /** A word of a list; upper and lower case alike. */
    record Choice(List<String> words) implements ValueShape {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public FieldType type() {
            return FieldType.TEXT;
        }

        @Override
        public String accepted() {
            return "one of " + String.join(", ", words);
        }
    }

    /** An object with known names. */
    record Fields(List<FieldShape> fields) implements ValueShape {
        public Fields {
            fields = List.copyOf(fields);
        }

        @Override
        public FieldType type() {
            return FieldType.JSON;
        }

        @Override
        public String accepted() {
            return "an object with "
                    + String.join(", ", fields.stream().map(FieldShape::id).toList());
        }
    }

    /** A list. */
    record Many(ValueShape item) implements ValueShape {
        @Override
        public FieldType type() {
            return FieldType.JSON;
        }

        @Override
        public String accepted() {
            return "a list, each entry " + item.accepted();
        }
    }

    /** An object with free names. */
    record Named(ValueShape value) implements ValueShape {
        @Override
        public FieldType type() {
            return FieldType.JSON;
        }

        @Override
        public String accepted() {
            return "an object, each value " + value.accepted();
        }
    }

    /** Any JSON value. */
    record Free() implements ValueShape {
        @Override
        public FieldType type() {
            return FieldType.JSON;
        }

        @Override
        public String accepted() {
            return "any JSON value";
        }
    }
}
