package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.ID;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.base.duration.DurationText;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEntry;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.notification.Occurrence;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules for notifications, and their messages, on the wire. */
public final class NotificationJson {

    private static final AnswerKind<NotificationEvent> EVENT =
            word(NotificationEvent.values(), NotificationEvent::wireName);

    private static final AnswerShape<DeliveryTry> TRY = AnswerShape.<DeliveryTry>of(
                    "NotificationTry", "One try to send a notification.")
            .field("at", TIME, DeliveryTry::at, "When it began.")
            .field("took_ms", INTEGER, made -> made.took().toMillis(), "Its duration, in milliseconds.")
            .nullable(
                    "status",
                    INTEGER,
                    DeliveryTry::status,
                    "The status code of the answer, of HTTP or SMTP; null when none came.")
            .nullable(
                    "error",
                    TEXT,
                    DeliveryTry::error,
                    "The cause of its failure, or which mail addresses were not taken; null for none.")
            .optional(
                    "answer",
                    TEXT,
                    DeliveryTry::answer,
                    "When it failed: the first " + DeliveryTry.MOST_OF_ANSWER + " characters of the answer's content.");

    private static final AnswerShape<Occurrence> EXAMPLE = AnswerShape.<Occurrence>of(
                    "NotificationExample", "Jobs of the same title and modules, or due times, that a message tells of.")
            .optional("job_id", ID, Occurrence::job, "The last of the jobs.")
            .optional("schedule", TEXT, Occurrence::schedule, "The schedule whose due times were missed.")
            .field("job_title", TEXT, Occurrence::title, "The title, cut.")
            .field("modules", listOf(TEXT), Occurrence::modules, "The modules of the tasks.")
            .field("at", TIME, Occurrence::at, "When the last of them was.")
            .field("detail", TEXT, Occurrence::detail, "The error or the reason of the last of them; often empty.")
            .field("times", INTEGER, Occurrence::times, "How many of them there were.");

    /** A message. */
    public static final AnswerShape<Notification> MESSAGE = AnswerShape.<Notification>of(
                    "NotificationMessage", "A message of a notification.")
            .field("n", INTEGER, Notification::n, "Its number; greater for later ones.")
            .field("id", ID, Notification::id, "Its id, which all of its tries carry.")
            .field("event", EVENT, Notification::event, "What it tells of.")
            .field(
                    "state",
                    word(DeliveryState.values(), DeliveryState::wireName),
                    Notification::state,
                    "waiting for its first or next try, delivered, or failed for good.")
            .field("count", INTEGER, Notification::count, "Of how many jobs or due times it tells.")
            .field("first_at", TIME, Notification::firstAt, "When the first of them was.")
            .field("last_at", TIME, Notification::lastAt, "When the last of them was.")
            .nullable(
                    "closed_at",
                    TIME,
                    Notification::closedAt,
                    "When its first try began, since when nothing is added to it; null before that.")
            .nullable("next_at", TIME, Notification::nextAt, "When it is tried next; null when it is not.")
            .field("examples", listOf(EXAMPLE), Notification::examples, "Some of what it tells of.")
            .field("tries", listOf(TRY), Notification::tries, "Its latest tries, in order.");

    private static final AnswerShape<NotificationTarget> TARGET = AnswerShape.<NotificationTarget>of(
                    "NotificationTarget", "The place to which a notification goes.")
            .field(
                    "format",
                    word(NotificationFormat.values(), NotificationFormat::wireName),
                    NotificationTarget::format,
                    "The form of its messages.")
            .optional("url", TEXT, NotificationTarget::url, "The address of the receiver, always masked.")
            .optional("secret", TEXT, NotificationTarget::secret, "The key or the access token, always masked.")
            .optional("to", listOf(TEXT), NotificationJson::mailboxes, "The addresses of its mails.");

    /** A rule. */
    public static final AnswerShape<NotificationEntry> ENTRY = AnswerShape.<NotificationEntry>of(
                    "Notification", "A rule by which someone is told of jobs.")
            .field("name", TEXT, entry -> entry.rule().name(), "Its name.")
            .field("on", listOf(EVENT), NotificationJson::on, "The outcomes that it tells of.")
            .optional(
                    "running_longer_than",
                    TEXT,
                    entry -> text(entry.rule().runningLongerThan()),
                    "It tells of jobs that run for longer.")
            .optional(
                    "waiting_longer_than",
                    TEXT,
                    entry -> text(entry.rule().waitingLongerThan()),
                    "It tells of jobs that wait for longer.")
            .field(
                    "modules",
                    listOf(TEXT),
                    entry -> entry.rule().sortedModules(),
                    "The modules of which a job has one; empty for all jobs.")
            .optional("title", TEXT, entry -> entry.rule().title(), "The title of the jobs; * stands for any text.")
            .all(TARGET, entry -> entry.rule().target())
            .optional(
                    "host",
                    TEXT,
                    entry -> entry.host().isEmpty() ? null : entry.host(),
                    "The host and port of the receiver.")
            .field(
                    "group_for",
                    TEXT,
                    entry -> DurationText.exact(entry.rule().groupFor()),
                    "How long a first message waits for more of its kind.")
            .field(
                    "quiet_for",
                    TEXT,
                    entry -> DurationText.exact(entry.rule().quietFor()),
                    "How long the next message of its kind waits after one.")
            .field("paused", FLAG, entry -> entry.rule().paused(), "Whether nothing is told.")
            .field("changed_at", TIME, NotificationEntry::changedAt, "When someone changed it last.")
            .nullable("last_message", MESSAGE, NotificationEntry::last, "Its last message.");

    /** A page of rules, by name. */
    public static final AnswerShape<Page> PAGE = AnswerShape.<Page>of("NotificationPage", "Notifications, by name.")
            .field("notifications", listOf(ENTRY), Page::notifications, "The notifications.")
            .nullable("next_cursor", TEXT, Page::nextCursor, "The cursor for the next page; null on the last one.")
            .field("limit", INTEGER, Page::limit, "The greatest number of notifications.");

    /** A page of messages. */
    public static final AnswerShape<Messages> MESSAGES = AnswerShape.<Messages>of(
                    "NotificationMessages", "Messages of a notification, the latest first.")
            .field("deliveries", listOf(MESSAGE), Messages::deliveries, "The messages.")
            .nullable(
                    "next_before",
                    INTEGER,
                    NotificationJson::nextBefore,
                    "The value of before for the messages before these; null when there are none.")
            .field("limit", INTEGER, Messages::limit, "The greatest number of messages.");

    private NotificationJson() {}

    /**
     * A page of rules.
     *
     * @param notifications the rules
     * @param nextCursor the cursor for the next page; null on the last one
     * @param limit the greatest number of rules
     */
    public record Page(
            List<NotificationEntry> notifications, @Nullable String nextCursor, int limit) {}

    /**
     * A page of messages.
     *
     * @param deliveries the messages, the latest first
     * @param limit the greatest number of messages
     */
    public record Messages(List<Notification> deliveries, int limit) {}

    private static List<NotificationEvent> on(NotificationEntry entry) {
        return entry.rule().on().stream().sorted(Comparator.naturalOrder()).toList();
    }

    private static @Nullable List<String> mailboxes(NotificationTarget target) {
        return target.to().isEmpty() ? null : target.to();
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : DurationText.exact(duration);
    }

    private static @Nullable Number nextBefore(Messages messages) {
        List<Notification> found = messages.deliveries();
        return found.size() < messages.limit()
                ? null
                : found.get(found.size() - 1).n();
    }
}
