package dev.pawl.console.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleGraphTest {

    @Test
    void whatAModuleNeedsAtOnceIsFoundOverAllItsImportsButNotTheLaterOnes() throws IOException {
        var modules = new ModuleGraph(Map.of(
                "app.js", "import './core/a.js';\nconst later = () => import('./pages/b.js');",
                "core/a.js", "import {\n  one,\n  two,\n} from '../lib/c.js';\nexport { three } from './d.js';",
                "core/d.js", "import '../core/a.js';",
                "lib/c.js", "export const one=1;",
                "pages/b.js", ""));
        modules.check();
        assertEquals(List.of("app.js", "core/a.js", "lib/c.js", "core/d.js"), modules.needed("app.js"));
    }

    @Test
    void anImportOfAFileThatIsNotThereIsRefused() {
        var missing = new ModuleGraph(Map.of("app.js", "import { a } from './gone.js';"));
        assertEquals(
                "app.js imports \"./gone.js\"; it takes the relative address of a file of the console.",
                assertThrows(IOException.class, missing::check).getMessage());
        var later = new ModuleGraph(Map.of("app.js", "import('./gone.js')"));
        assertThrows(IOException.class, later::check);
    }

    @Test
    void aNameThatSomebodyWouldHaveToMapIsRefused() {
        var bare = new ModuleGraph(Map.of("app.js", "import{html}from\"lit\";", "lit", ""));
        assertThrows(IOException.class, bare::check);
    }
}
