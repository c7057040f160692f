package dev.pawl.samples.transform;

import dev.pawl.api.module.Description;
import dev.pawl.api.module.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filter and mapping of a job or of a stored document, as it was written.
 *
 * @param where the conditions that a record meets, all of them
 * @param types the types of fields, by field
 * @param rename the new names, by field
 * @param set the values of new fields, by name
 * @param drop the fields that are left out
 * @param select the only fields to keep, in their order
 */
record MappingSpec(
        @Nullable List<Where> where,
        @Nullable Map<String, String> types,
        @Nullable Map<String, String> rename,
        @Nullable Map<String, Object> set,
        @Nullable List<String> drop,
        @Nullable List<String> select) {

    /**
     * A condition.
     *
     * @param field the field that it is about
     * @param op the comparison
     * @param value what the field is compared with
     */
    public record Where(
            @Required @Description("The field, or a JSON pointer such as /address/city.")
            String field,

            @Required
            @Description("eq, ne, lt, le, gt, ge, in, not_in, contains, starts_with, ends_with, exists or missing.")
            String op,

            @Description("What to compare with; a list for in and not_in, nothing for exists and missing.") @Nullable
            Object value) {}

    /** Whether it asks for nothing. */
    boolean isEmpty() {
        return where == null && types == null && rename == null && set == null && drop == null && select == null;
    }
}
