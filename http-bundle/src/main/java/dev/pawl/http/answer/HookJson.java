package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.ANY;
import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.ID;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.OBJECT;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.api.module.Role;
import dev.pawl.base.duration.DurationText;
import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.DeliveryOutcome;
import dev.pawl.service.hook.HookAuth;
import dev.pawl.service.hook.HookEntry;
import dev.pawl.service.hook.HookFilter;
import dev.pawl.service.hook.HookPreview;
import dev.pawl.service.hook.HookReceipt;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.hook.HookScheme;
import dev.pawl.service.hook.MissingValue;
import dev.pawl.service.hook.ValueSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hooks on the wire. */
public final class HookJson {

    private static final AnswerKind<DeliveryOutcome> OUTCOME =
            word(DeliveryOutcome.values(), DeliveryOutcome::wireName);

    private static final AnswerShape<HookFilter> FILTER = AnswerShape.<HookFilter>of(
                    "HookFilter", "A condition for the calls that start a job.")
            .field("value", TEXT, filter -> filter.value().text(), "The place of the value in the call.")
            .optional("equals", ANY, HookJson::equalTo, "The value that it must be.")
            .optional("any_of", listOf(ANY), HookJson::anyOf, "The values of which it must be one.")
            .optional("starts_with", TEXT, HookFilter::startsWith, "The text with which it must begin.")
            .optional("not", FLAG, filter -> filter.not() ? true : null, "Whether the opposite must hold.");

    private static final AnswerShape<Delivery> DELIVERY = AnswerShape.<Delivery>of("HookCall", "A call of a hook.")
            .field("n", INTEGER, Delivery::n, "Its number; greater for later ones.")
            .field("at", TIME, Delivery::at, "When it came.")
            .nullable("delivery_id", TEXT, Delivery::deliveryId, "The id that its sender gave it.")
            .field("outcome", OUTCOME, Delivery::outcome, "What came of it.")
            .optional("job_id", ID, Delivery::job, "The job that was added, or that was there before.")
            .field("detail", TEXT, Delivery::detail, "Why there is no new job; often empty.");

    private static final AnswerShape<HookAuth> AUTH = AnswerShape.<HookAuth>of(
                    "HookAuth", "The proof that the callers of a hook give.")
            .field(
                    "scheme",
                    word(HookScheme.values(), HookScheme::wireName),
                    HookAuth::scheme,
                    "The way in which callers prove that they know the secret.")
            .optional("header", TEXT, HookAuth::usedHeader, "The header with the proof.")
            .optional("secret", TEXT, HookAuth::secret, "The secret, always masked.")
            .optional("former_secret", TEXT, HookAuth::formerSecret, "A secret that is accepted too, masked.");

    /** A hook. */
    public static final AnswerShape<HookEntry> ENTRY = AnswerShape.<HookEntry>of("Hook", "A hook.")
            .field("name", TEXT, entry -> entry.request().name(), "Its name, as in its address /hooks/NAME.")
            .all(AUTH, entry -> entry.request().auth())
            .field("job", JobRequestJson.SHAPE, entry -> entry.request().job(), "The job that it starts.")
            .field(
                    "role",
                    word(Role.values(), Role::wireName),
                    entry -> entry.request().job().role(),
                    "The role with which it starts its jobs.")
            .optional("mapping", OBJECT, HookJson::mapping, "The inputs that a call brings, with their places in it.")
            .optional("mappings", listOf(OBJECT), HookJson::mappings, "The same for each task, of a job of several.")
            .field(
                    "missing",
                    word(MissingValue.values(), MissingValue::wireName),
                    entry -> entry.request().missing(),
                    "The rule for an input whose place in the call is empty.")
            .field("filters", listOf(FILTER), entry -> entry.request().filters(), "The conditions; all must hold.")
            .optional("delivery_id", TEXT, HookJson::deliveryId, "The hook's own place of the id of a delivery.")
            .field(
                    "delivery_ids",
                    listOf(TEXT),
                    entry -> entry.request().deliveryIds().stream()
                            .map(ValueSource::text)
                            .toList(),
                    "The places of the id by which a repeated delivery is known; the first that is there counts.")
            .field(
                    "unique_for",
                    TEXT,
                    entry -> DurationText.exact(entry.request().uniqueFor()),
                    "The time for which an id is remembered.")
            .optional(
                    "callback_source",
                    TEXT,
                    entry -> entry.request().callbackSource(),
                    "The source whose received callbacks start its jobs too.")
            .field("paused", FLAG, entry -> entry.request().paused(), "Whether its calls start no jobs.")
            .field("changed_at", TIME, HookEntry::changedAt, "When someone changed it last.")
            .nullable("last_call", DELIVERY, HookEntry::last, "Its last call.");

    /** A page of hooks, by name. */
    public static final AnswerShape<Page> PAGE = AnswerShape.<Page>of("HookPage", "Hooks, by name.")
            .field("hooks", listOf(ENTRY), Page::hooks, "The hooks.")
            .nullable("next_cursor", TEXT, Page::nextCursor, "The cursor for the next page; null on the last one.")
            .field("limit", INTEGER, Page::limit, "The greatest number of hooks.");

    /** The calls of a hook. */
    public static final AnswerShape<Calls> CALLS = AnswerShape.<Calls>of(
                    "HookCalls", "Calls of a hook, the latest first.")
            .field("deliveries", listOf(DELIVERY), Calls::deliveries, "The calls.")
            .nullable(
                    "next_before",
                    INTEGER,
                    HookJson::nextBefore,
                    "The value of before for the calls before these; null when there are none.")
            .field("limit", INTEGER, Calls::limit, "The greatest number of calls.");

    /** The answer to a call. */
    public static final AnswerShape<HookReceipt> RECEIPT = AnswerShape.<HookReceipt>of(
                    "HookReceipt", "What came of a call.")
            .field("outcome", OUTCOME, HookReceipt::outcome, "What came of it.")
            .optional("id", ID, HookReceipt::job, "The job that was added, or that was there before.")
            .optional("status", JobJson.STATUS, HookReceipt::status, "The job's status at this moment, if it is kept.")
            .field("existing", FLAG, HookReceipt::isExisting, "Whether the job was there before.")
            .field("detail", TEXT, HookReceipt::detail, "Why there is no new job; often empty.");

    /** The outcome that a call would have. */
    public static final AnswerShape<HookPreview> PREVIEW = AnswerShape.<HookPreview>of(
                    "HookPreview", "What would come of a call.")
            .field("outcome", OUTCOME, HookPreview::outcome, "What would come of it.")
            .nullable("delivery_id", TEXT, HookPreview::deliveryId, "The id of the delivery.")
            .optional("job", JobRequestJson.SHAPE, HookPreview::job, "The job that would be started.")
            .field("detail", TEXT, HookPreview::detail, "Why there would be none; often empty.");

    private HookJson() {}

    /**
     * A page of hooks.
     *
     * @param hooks the hooks
     * @param nextCursor the cursor for the next page; null on the last one
     * @param limit the greatest number of hooks
     */
    public record Page(List<HookEntry> hooks, @Nullable String nextCursor, int limit) {}

    /**
     * A page of calls.
     *
     * @param deliveries the calls, the latest first
     * @param limit the greatest number of calls
     */
    public record Calls(List<Delivery> deliveries, int limit) {}

    private static @Nullable String deliveryId(HookEntry entry) {
        ValueSource own = entry.request().deliveryId();
        return own == null ? null : own.text();
    }

    private static @Nullable Number nextBefore(Calls calls) {
        List<Delivery> found = calls.deliveries();
        return found.size() < calls.limit() ? null : found.get(found.size() - 1).n();
    }

    private static @Nullable Object equalTo(HookFilter filter) {
        List<Object> values = filter.anyOf();
        return values == null || values.size() != 1 ? null : values.get(0);
    }

    private static @Nullable List<Object> anyOf(HookFilter filter) {
        List<Object> values = filter.anyOf();
        return values == null || values.size() == 1 ? null : values;
    }

    private static @Nullable Map<String, Object> mapping(HookEntry entry) {
        HookRequest request = entry.request();
        return request.mappings().size() == 1 ? texts(request.mappings().get(0)) : null;
    }

    private static @Nullable List<Map<String, Object>> mappings(HookEntry entry) {
        HookRequest request = entry.request();
        return request.mappings().size() > 1
                ? request.mappings().stream().map(HookJson::texts).toList()
                : null;
    }

    private static Map<String, Object> texts(Map<String, ValueSource> mapping) {
        Map<String, Object> texts = new LinkedHashMap<>();
        mapping.forEach((name, source) -> texts.put(name, source.text()));
        return texts;
    }
}
