/** The script of every page: the search boxes. */

import { listenSearch } from "./page/search.js";

listenSearch(document);
