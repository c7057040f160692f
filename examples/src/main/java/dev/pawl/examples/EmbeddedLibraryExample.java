package dev.pawl.examples;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Uses a library that is embedded in its bundle as a jar, invisible to other modules and to the server; the {@code pom.xml} and the {@code
 * bnd.bnd} of this folder put it there. {@code pawl run example-embedded-library -i html=@page.html}
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "example-embedded-library",
        name = "Example: embedded library",
        inputs = EmbeddedLibraryExample.Inputs.class)
public final class EmbeddedLibraryExample implements Module {

    /**
     * The inputs of a job.
     *
     * @param html a page whose links are listed
     */
    public record Inputs(@Required String html) {}

    @Override
    public void run(TaskContext task) {
        for (Element link : Jsoup.parse(task.inputs(Inputs.class).html()).select("a[href]")) {
            task.emit(Map.of("text", link.text(), "address", link.attr("href")));
        }
    }
}
