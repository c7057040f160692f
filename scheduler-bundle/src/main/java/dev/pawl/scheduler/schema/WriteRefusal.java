package dev.pawl.scheduler.schema;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.data.TextLimit;
import java.util.List;

/** Explains why a value of a module cannot be kept as JSON: its place in the whole, its class, and the types that are accepted. */
final class WriteRefusal {

    private static final int LONGEST_PLACE = 200;

    private static final String TAKEN = "; it takes records, beans, maps, lists, texts, numbers, booleans and times.";

    private WriteRefusal() {}

    /**
     * The refusal in place of the message of Jackson.
     *
     * @param what names the whole value
     * @param failure the exception from writing it
     */
    static IllegalArgumentException of(String what, Throwable failure) {
        List<Reference> path = failure instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
        if (isTooDeep(failure)) {
            int[] circle = circle(path);
            String why = circle == null
                    ? " nests deeper than " + JsonLimits.DEEPEST + " levels, at " + place(path, path.size()) + TAKEN
                    : " cannot be kept as JSON: " + where(path, circle[1]) + "a " + className(path, circle[1])
                            + " holds itself, and so nests deeper than " + JsonLimits.DEEPEST + " levels" + TAKEN;
            return new IllegalArgumentException(what + why, failure);
        }
        return new IllegalArgumentException(
                what + " cannot be kept as JSON: " + where(path, path.size()) + why(failure) + TAKEN, failure);
    }

    private static boolean isTooDeep(Throwable failure) {
        return failure instanceof StreamConstraintsException
                || failure.getCause() instanceof StreamConstraintsException;
    }

    private static String why(Throwable failure) {
        Throwable cause = failure instanceof JsonMappingException ? failure.getCause() : failure;
        if (failure instanceof NoValueException ours) {
            return ours.getOriginalMessage();
        }
        if (failure instanceof InvalidDefinitionException undefined && undefined.getType() != null) {
            return "a " + undefined.getType().getRawClass().getName() + " has nothing that could be written";
        }
        return cause == null ? "a value that JSON does not have" : words(cause);
    }

    /** The exception that a getter or the name of a key threw, in words. */
    private static String words(Throwable thrown) {
        String type = thrown.getClass().getName();
        try {
            String message = thrown.getMessage();
            return message == null ? type : TextLimit.NAME.kept(type + ": " + message);
        } catch (RuntimeException | Error e) {
            return type;
        }
    }

    /** The steps at which the same object occurs for the first and the second time; null when none does. */
    private static int @org.jspecify.annotations.Nullable [] circle(List<Reference> path) {
        for (int second = 1; second < path.size(); second++) {
            for (int first = 0; first < second; first++) {
                if (path.get(first).getFrom() == path.get(second).getFrom()) {
                    return new int[] {first, second};
                }
            }
        }
        return null;
    }

    private static String className(List<Reference> path, int step) {
        return path.get(step).getFrom().getClass().getName();
    }

    private static String where(List<Reference> path, int steps) {
        return steps == 0 ? "" : place(path, steps) + ": ";
    }

    /** The place in words, such as {@code rows[2].owner}. */
    private static String place(List<Reference> path, int steps) {
        StringBuilder place = new StringBuilder();
        for (Reference step : path.subList(0, steps)) {
            if (step.getFieldName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
            }
            if (place.length() > LONGEST_PLACE) {
                return place.substring(0, LONGEST_PLACE) + "…";
            }
        }
        return place.toString();
    }
}
