import { init, lookup } from "aerocodes-web";
import "aerocodes-web/widget";
import "./style.css";

await init();
document.querySelector("#answer").textContent = `${lookup("java", -8)}: ${lookup("java", -8).summary}`;
