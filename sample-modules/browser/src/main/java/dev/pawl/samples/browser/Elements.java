package dev.pawl.samples.browser;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The elements of a page, as a person would find and use them: seen, not covered, clicked in their middle. */
final class Elements {

    private static final String FIND = """
            (selector) => {
              const element = document.querySelector(selector);
              if (!element) return {state: 'no element matches'};
              const box = [...element.getClientRects()].find(r => r.width > 0 && r.height > 0);
              const seen = box && getComputedStyle(element).visibility === 'visible';
              if (!seen) return {state: 'the element cannot be seen'};
              return {state: 'seen', text: element.innerText ?? element.textContent ?? ''};
            }""";

    private static final String MIDDLE = """
            (selector) => {
              const element = document.querySelector(selector);
              if (!element) return {state: 'no element matches'};
              element.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
              const box = [...element.getClientRects()].find(r => r.width > 0 && r.height > 0);
              if (!box || getComputedStyle(element).visibility !== 'visible') return {state: 'the element cannot be seen'};
              if (element.matches(':disabled')) return {state: 'the element is disabled'};
              const x = box.left + box.width / 2, y = box.top + box.height / 2;
              const top = document.elementFromPoint(x, y);
              const own = top && (element.contains(top) || top.closest('label')?.control === element);
              if (!own) return {state: 'the element is covered' + (top ? ' by ' + top.cloneNode(false).outerHTML.slice(0, 100) : '')};
              return {state: 'seen', x, y};
            }""";

    /** Text goes where the cursor is; other kinds of inputs take their value at once, through the setter that frameworks watch. */
    private static final String PREPARE_FILL = """
            (selector, value) => {
              const element = document.querySelector(selector);
              const tag = element.tagName, type = (element.type ?? '').toLowerCase();
              const typed = ['text', 'search', 'email', 'url', 'tel', 'password', 'number', 'textarea'];
              if (tag === 'SELECT' || ['checkbox', 'radio', 'file', 'button', 'submit', 'image', 'reset'].includes(type))
                return 'it is a ' + (tag === 'SELECT' ? 'select' : type) + ', which takes no text';
              if (element.readOnly) return 'it is read-only';
              element.focus();
              if (element.isContentEditable) {
                getSelection().selectAllChildren(element);
                return 'type';
              }
              if (tag !== 'INPUT' && tag !== 'TEXTAREA') return 'it is a ' + tag.toLowerCase() + ', which takes no text';
              if (typed.includes(type) && value !== '') {
                element.select();
                return 'type';
              }
              const kind = tag === 'INPUT' ? HTMLInputElement : HTMLTextAreaElement;
              Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(element, value);
              for (const event of ['input', 'change']) element.dispatchEvent(new Event(event, {bubbles: true}));
              return element.value === value ? 'done' : 'it takes no such value';
            }""";

    private static final String FOCUS = """
            (selector) => document.querySelector(selector).focus()""";

    private static final String SELECT = """
            (selector, value, label) => {
              const element = document.querySelector(selector);
              if (element.tagName !== 'SELECT') return 'it is a ' + element.tagName.toLowerCase() + ', not a select';
              const options = [...element.options];
              const option = options.find(o => value === null ? o.label.trim() === label : o.value === value);
              if (!option) return 'it has no such option, but ' + options.slice(0, 20).map(o => value === null ? o.label.trim() : o.value).join(', ');
              if (option.disabled) return 'that option is disabled';
              if (!element.multiple) element.selectedIndex = -1;
              option.selected = true;
              for (const event of ['input', 'change']) element.dispatchEvent(new Event(event, {bubbles: true}));
              return 'done';
            }""";

    private final Page page;
    private final StepTime time;

    Elements(Page page, StepTime time) {
        this.page = page;
        this.time = time;
    }

    /** Waits until an element can be seen, or until none can. */
    void await(String selector, boolean visible, @Nullable String text)
            throws StepException, BrowserGoneException, InterruptedException {
        while (true) {
            Map<?, ?> found = map(page.evaluate(FIND, List.of(selector), time));
            boolean isSeen = "seen".equals(found.get("state"));
            boolean hasText =
                    text == null || Objects.toString(found.get("text"), "").contains(text);
            if (visible ? isSeen && hasText : !isSeen || !hasText) {
                return;
            }
            time.pause(
                    !visible
                            ? "the element could still be seen"
                            : isSeen
                                    ? "the element did not contain \"" + text + "\""
                                    : found.get("state") + ", and none did");
        }
    }

    /** Waits until an element matches, seen or not. */
    void awaitAny(String selector) throws StepException, BrowserGoneException, InterruptedException {
        while (!Boolean.TRUE.equals(
                page.evaluate("(selector) => document.querySelector(selector) !== null", List.of(selector), time))) {
            time.pause("no element matched");
        }
    }

    /** Clicks into the middle of an element once it can be clicked. */
    void click(String selector) throws StepException, BrowserGoneException, InterruptedException {
        Map<?, ?> place = map(page.evaluate(MIDDLE, List.of(selector), time));
        while (!"seen".equals(place.get("state"))) {
            time.pause(place.get("state") + ", and did not change");
            place = map(page.evaluate(MIDDLE, List.of(selector), time));
        }
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            Map<String, Object> event = new HashMap<>(Map.of("type", type, "clickCount", 1));
            event.put("x", Objects.requireNonNull(place.get("x")));
            event.put("y", Objects.requireNonNull(place.get("y")));
            event.put("button", type.equals("mouseMoved") ? "none" : "left");
            page.call(time, "Input.dispatchMouseEvent", event);
        }
    }

    /** Replaces what an input or an editable element contains. */
    void fill(String selector, String value) throws StepException, BrowserGoneException, InterruptedException {
        await(selector, true, null);
        Object answer = page.evaluate(PREPARE_FILL, List.of(selector, value), time);
        if ("type".equals(answer)) {
            page.call(time, "Input.insertText", Map.of("text", value));
        } else if (!"done".equals(answer)) {
            throw new StepException("the element cannot be filled: " + answer);
        }
    }

    /** Chooses an option by its value, or by its text when that is null. */
    void select(String selector, @Nullable String value, @Nullable String label)
            throws StepException, BrowserGoneException, InterruptedException {
        await(selector, true, null);
        Object answer = page.evaluate(SELECT, Arrays.asList(selector, value, label), time);
        if (!"done".equals(answer)) {
            throw new StepException("\"" + (value == null ? label : value) + "\" cannot be selected: " + answer);
        }
    }

    /** Presses and releases a key, in an element when one is named. */
    void press(@Nullable String selector, String keys)
            throws StepException, BrowserGoneException, InterruptedException {
        if (selector != null) {
            await(selector, true, null);
            page.evaluate(FOCUS, List.of(selector), time);
        }
        for (Map<String, Object> event : Keys.events(keys)) {
            page.call(time, "Input.dispatchKeyEvent", event);
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
