import "./widget.js";
